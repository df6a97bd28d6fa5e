using Microsoft.AspNetCore.Builder;

namespace Bookinfo.Tests.Support;

/// <summary>A service that asks details, reviews and ratings, with stand-ins for the three.</summary>
public sealed class Bookshop : IAsyncDisposable
{
    /// <summary>What details v1 says.</summary>
    public const string DetailsJson =
        """{"id":0,"author":"William Shakespeare","year":1595,"type":"paperback","pages":"""
            + """200,"publisher":"PublisherA","language":"English","ISBN-10":"1234567890","ISBN-13":"123-1234567890"}""";

    /// <summary>What ratings v1 says.</summary>
    public const string RatingsJson = """{"id":0,"ratings":{"Reviewer1":5,"Reviewer2":4}}""";

    private Bookshop(StandIn details, StandIn reviews, StandIn ratings, RunningService service) =>
        (Details, Reviews, Ratings, Service) = (details, reviews, ratings, service);

    /// <summary>Answers for details.</summary>
    public StandIn Details { get; }

    /// <summary>Answers for reviews.</summary>
    public StandIn Reviews { get; }

    /// <summary>Answers for ratings.</summary>
    public StandIn Ratings { get; }

    /// <summary>The service that is tested.</summary>
    public RunningService Service { get; }

    /// <summary>Talks to <see cref="Service"/>.</summary>
    public HttpClient Client => Service.Client;

    /// <summary>Starts all four.</summary>
    /// <param name="build">The composition of the service that is tested.</param>
    /// <param name="time">The clock it goes by, if not the system's.</param>
    /// <param name="settings">Settings as <c>KEY=value</c>, over the usual ones.</param>
    public static async Task<Bookshop> StartAsync(Func<WebApplicationBuilder, WebApplication> build, TimeProvider? time = null,
        params string[] settings)
    {
        var details = await StandIn.StartAsync(Answers.Json(DetailsJson, "details-v1", "details-pod"));
        var reviews = await StandIn.StartAsync(Answers.Json(ReviewsJson(), "reviews-v1", "reviews-pod"));
        var ratings = await StandIn.StartAsync(Answers.Json(RatingsJson, "ratings-v1", "ratings-pod"));
        KeyValuePair<string, string?>[] all =
        [
            .. details.As("DETAILS"), .. reviews.As("REVIEWS"), .. ratings.As("RATINGS"), new("HOSTNAME", "tested-pod"),
            .. settings.Select(setting => setting.Split('=', 2)).Select(pair => new KeyValuePair<string, string?>(pair[0], pair[1])),
        ];
        return new Bookshop(details, reviews, ratings, await RunningService.StartAsync(build, all, time));
    }

    /// <summary>What reviews says: v1 without ratings, v2 and v3 with the JSON of each reviewer's rating.</summary>
    public static string ReviewsJson(string? rating1 = null, string? rating2 = null) =>
        $$"""
        {"id": "0","podname": "reviews-pod","clustername": "null","reviews": [{  "reviewer": "Reviewer1",  "text": "An extremely entertaining play by Shakespeare. The slapstick humour is refreshing!"{{Rating(rating1)}}},{  "reviewer": "Reviewer2",  "text": "Absolutely fun and entertaining. The play lacks thematic depth when compared to other plays by Shakespeare."{{Rating(rating2)}}}]}
        """;

    /// <summary>What reviews v2 (black) or v3 (red) says while ratings is well.</summary>
    public static string ReviewsWithStars(string color) =>
        ReviewsJson($$"""{"stars": 5, "color": "{{color}}"}""", $$"""{"stars": 4, "color": "{{color}}"}""");

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Service.DisposeAsync();
        await Details.DisposeAsync();
        await Reviews.DisposeAsync();
        await Ratings.DisposeAsync();
    }

    private static string Rating(string? json) => json is null ? "" : $", \"rating\": {json}";
}
