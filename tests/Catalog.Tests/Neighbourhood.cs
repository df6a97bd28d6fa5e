namespace Bookinfo.Tests.Catalog;

/// <summary>The three services that the catalog calls, all well unless a test says otherwise.</summary>
internal sealed class Neighbourhood : IAsyncDisposable
{
    public const string GoodDetails =
        """
        {"id":0,"author":"William Shakespeare","year":1595,"type":"paperback","pages":200,"publisher":"PublisherA","language":"English","ISBN-10":"1234567890","ISBN-13":"123-1234567890"}
        """;

    public const string GoodReviews =
        """
        {"id": "0","podname": "reviews-pod","clustername": "null","reviews": [
          {"reviewer": "Reviewer1","text": "Funny.","rating": {"stars": 5, "color": "black"}},
          {"reviewer": "Reviewer2","text": "Thin.","rating": {"error": "Ratings service is currently unavailable"}}]}
        """;

    public const string GoodRatings = """{"id":0,"ratings":{"Reviewer1":5,"Reviewer2":4}}""";

    private Neighbourhood(StandIn details, StandIn reviews, StandIn ratings) => (Details, Reviews, Ratings) = (details, reviews, ratings);

    public StandIn Details { get; }

    public StandIn Reviews { get; }

    public StandIn Ratings { get; }

    public IReadOnlyList<StandIn> All => [Details, Reviews, Ratings];

    public StandIn this[string service] => service switch
    {
        "details" => Details,
        "reviews" => Reviews,
        "ratings" => Ratings,
        _ => throw new ArgumentException(service, nameof(service)),
    };

    public static async Task<Neighbourhood> StartAsync() => new(
        await StandIn.StartAsync(Answers.Json(GoodDetails)), await StandIn.StartAsync(Answers.Json(GoodReviews)),
            await StandIn.StartAsync(Answers.Json(GoodRatings)));

    /// <summary>Where the catalog finds them.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Settings()
    {
        foreach (var (name, service) in new[] { ("DETAILS", Details), ("REVIEWS", Reviews), ("RATINGS", Ratings) })
        {
            yield return new($"{name}_HOSTNAME", "127.0.0.1");
            yield return new($"{name}_SERVICE_PORT", $"{service.Port}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in All)
        {
            await service.DisposeAsync();
        }
    }
}
