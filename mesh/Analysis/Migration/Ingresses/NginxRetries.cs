using System.Globalization;
using Bookinfo.Mesh.Analysis.Migration.Conversion;
using Bookinfo.Mesh.Analysis.Migration.Findings;
using Bookinfo.Mesh.Istio.Ingresses;
using Bookinfo.Mesh.Istio.Model;

namespace Bookinfo.Mesh.Analysis.Migration.Ingresses;

/// <summary>
/// When nginx sends a failed request to another pod (<c>proxy_next_upstream</c> of ngx_http_proxy_module, with the defaults of
/// <c>internal/ingress/controller/config/config.go</c>).
/// </summary>
/// <param name="Conditions">What counts as a failure: <c>error</c>, <c>http_503</c>, <c>off</c> and so on.</param>
/// <param name="Tries">How many tries there are, the first one among them; 0 is one for each pod.</param>
internal sealed record NginxRetries(IReadOnlyList<string> Conditions, int Tries)
{
    /// <summary>How many tries there are where nothing is said.</summary>
    public const int DefaultTries = 3;

    private const string Status = "http_";

    /// <summary>What counts as a failure where nothing is said.</summary>
    public static readonly IReadOnlyList<string> DefaultConditions = ["error", "timeout"];

    private IEnumerable<int> Codes => Conditions.Where(condition => condition.StartsWith(Status, StringComparison.Ordinal))
        .Select(Code).OfType<int>();

    /// <summary>What the Gateway API can say of it.</summary>
    public HttpRetry ToRule() => Conditions.Contains("off") || Tries == 1 ? new HttpRetry { Attempts = 0 } : new HttpRetry
    {
        Attempts = (Tries == 0 ? DefaultTries : Tries) - 1,
        RetryOn = RetryReader.RetryOn(Codes),
    };

    private static int? Code(string condition) =>
        int.TryParse(condition.AsSpan(Status.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var code) ? code : null;

    /// <summary>Tells what is not the same.</summary>
    public void ListDifferences(Ingress ingress, FindingList findings)
    {
        var place = NginxAnnotations.Place("proxy-next-upstream");
        if (ToRule().Attempts == 0)
        {
            return;
        }

        if (!Conditions.Contains("non_idempotent"))
        {
            findings.Lost(ingress, place, "requests of the methods POST, LOCK and PATCH are sent again too",
                "add non_idempotent if they may be, or make a rule for these methods");
        }

        if (Conditions.Contains("timeout") || Conditions.Contains("invalid_header"))
        {
            findings.Lost(ingress, place, "a request is not sent again whose answer breaks off or does not come in time",
                "name status codes, such as http_504");
        }

        if (Tries == 0)
        {
            findings.Lost(ingress, NginxAnnotations.Place("proxy-next-upstream-tries"),
                $"there are {DefaultTries} tries, and not one for each pod", "name a number");
        }
    }
}
