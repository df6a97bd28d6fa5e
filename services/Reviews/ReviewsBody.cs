using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Bookinfo.Reviews.Ratings;

namespace Bookinfo.Reviews;

/// <summary>
/// Every body that this pod can answer with, but for the id in it: there are no more of them than pairs of ratings. White space is the original's, too.
/// </summary>
internal sealed class ReviewsBody
{
    private const string Text1 = "An extremely entertaining play by Shakespeare. The slapstick humour is refreshing!";
    private const string Text2 = "Absolutely fun and entertaining. The play lacks thematic depth when compared to other plays by Shakespeare.";

    // By the stars of the first reviewer, then of the second; 0 where they are not known.
    private readonly byte[][] _tails = new byte[(Stars.Most + 1) * (Stars.Most + 1)][];

    public ReviewsBody(string pod, ReviewsSettings settings)
    {
        for (var first = 0; first <= Stars.Most; first++)
        {
            for (var second = 0; second <= Stars.Most; second++)
            {
                _tails[Index(first, second)] = Encoding.UTF8.GetBytes(
                    $$"""
                    ","podname": {{Quote(pod)}},"clustername": {{Quote(settings.ClusterName)}},"reviews": [{{Review("Reviewer1", Text1, first)}},{{Review("Reviewer2", Text2, second)}}]}
                    """);
            }
        }

        string Review(string reviewer, string text, int stars) =>
            $$"""{  "reviewer": "{{reviewer}}",  "text": "{{text}}"{{(settings.RatingsEnabled ? Rating(stars) : "")}}}""";

        string Rating(int stars) => stars == 0
            ? """, "rating": {"error": "Ratings service is currently unavailable"}"""
            : $$""", "rating": {"stars": {{stars}}, "color": {{Quote(settings.StarColor)}}}""";
    }

    /// <summary>What a body begins with, before the id.</summary>
    public static ReadOnlySpan<byte> Head => "{\"id\": \""u8;

    /// <summary>What it ends with, after the id.</summary>
    public ReadOnlySpan<byte> Tail(Stars stars) => _tails[Index(stars.First, stars.Second)];

    private static int Index(int first, int second) => (first * (Stars.Most + 1)) + second;

    private static string Quote(string text) => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
