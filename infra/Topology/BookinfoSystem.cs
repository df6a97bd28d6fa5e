namespace Bookinfo.Topology;

/// <summary>
/// Bookinfo as it runs in every place: on a cluster, under the Aspire host and in the Lab. To add a release or a service, add its entry
/// here (and its code under <c>services/</c>).
/// </summary>
public static class BookinfoSystem
{
    /// <summary>The sample's services and their releases.</summary>
    public static ServiceTopology Topology { get; } = new([ProductPage(), Details(), Reviews(), Ratings(), Catalog()]);

    private static BookService ProductPage() => new("productpage", "ProductPage", "the web page of a book")
    {
        Calls = ["details", "reviews", "ratings"],
        PublicPaths =
        [
            new("/productpage"),
            new("/static", Prefix: true),
            new("/login"),
            new("/logout"),
            new("/api/v1/products", Prefix: true),
        ],
        SamplePath = "/productpage",
        SharedSecrets = ["SESSION_KEY"],
        Releases = [new("v1", "the page")],
    };

    private static BookService Details() => new("details", "Details", "author, publisher, pages")
    {
        SamplePath = "/details/0",
        Releases =
        [
            new("v1", "from memory"),
            new("v2", "asks a book service on the internet")
            {
                Settings = new Dictionary<string, string> { ["ENABLE_EXTERNAL_BOOK_SERVICE"] = "true" },
                CallsOutside = "www.googleapis.com",
                Optional = true,
            },
        ],
    };

    private static BookService Reviews() => new("reviews", "Reviews", "what readers wrote, with stars from v2 on")
    {
        SamplePath = "/reviews/0",
        Calls = ["ratings"],
        Releases =
        [
            new("v1", "no stars") { Settings = new Dictionary<string, string> { ["ENABLE_RATINGS"] = "false" } },
            new("v2", "black stars") { Settings = Stars("black") },
            new("v3", "red stars") { Settings = Stars("red") },
        ],
    };

    private static BookService Ratings() => new("ratings", "Ratings", "one to five stars from each reviewer")
    {
        SamplePath = "/ratings/0",
        Releases =
        [
            new("v1", "from memory"),
            new("v2", "from a database") { NeedsDatabase = true },
            new("v-faulty", "every second answer is a 503") { Optional = true },
            new("v-delayed", "every second answer takes 7 s") { Optional = true },
            new("v-unavailable", "a minute fine, a minute 503") { Optional = true },
            new("v-unhealthy", "a quarter of an hour fine, a quarter unhealthy") { Optional = true },
        ],
    };

    private static BookService Catalog() => new("catalog", "Catalog", "the page as data, by gRPC")
    {
        Protocol = ServiceProtocol.Grpc,
        Calls = ["details", "reviews", "ratings"],
        Releases = [new("v1", "details, reviews and ratings in one answer"), new("v2", "with the average of the stars")],
    };

    private static Dictionary<string, string> Stars(string color) => new()
    {
        ["ENABLE_RATINGS"] = "true",
        ["STAR_COLOR"] = color,
    };
}
