using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Proxy.Explaining;
using FsCheck;
using FsCheck.Fluent;

namespace Bookinfo.Tests.Analysis;

/// <summary>Random rules for reviews, whose conditions overlap in all ways, and requests that they tell apart.</summary>
internal static class RandomRules
{
    private static readonly Gen<StringMatch> Text = Gen.OneOf(
        Gen.Elements("/a", "/b", "/ab").Select(text => new StringMatch { Exact = text }),
        Gen.Elements("/", "/a", "/ab").Select(text => new StringMatch { Prefix = text }),
        Gen.Elements("/a.*", "/[ab]+", "/(a|b)b?").Select(text => new StringMatch { Regex = text }));

    private static readonly Gen<HttpMatchRequest> Match =
        from uri in Gen.OneOf(Text, Gen.Constant<StringMatch>(null!))
        from method in Gen.Elements<string?>(null, null, "GET", "PUT")
        from header in Gen.Elements<StringMatch?>(null, null, new StringMatch(), new StringMatch { Exact = "1" })
        from without in Gen.Elements<StringMatch?>(null, null, null, new StringMatch { Prefix = "2" })
        from query in Gen.Elements<StringMatch?>(null, null, new StringMatch { Exact = "q" })
        from ignoresCase in Gen.Elements(false, false, true)
        select new HttpMatchRequest
        {
            Uri = uri,
            IgnoreUriCase = ignoresCase,
            Method = method is null ? null : new StringMatch { Exact = method },
            Headers = Map("x", header),
            WithoutHeaders = Map("y", without),
            QueryParams = Map("p", query),
        };

    private static readonly Gen<HttpRoute> Rule =
        from matches in Match.ListOf()
        from subset in Gen.Elements("v1", "v2")
        from seconds in Gen.Elements(0, 0, 3)
        from rewrite in Gen.Elements<string?>(null, null, null, "/a", "/new")
        select new HttpRoute
        {
            Match = [.. matches.Take(2)],
            Route = [To(subset, 0)],
            Timeout = seconds == 0 ? null : TimeSpan.FromSeconds(seconds),
            Rewrite = rewrite is null ? null : new HttpRewrite { Uri = rewrite },
        };

    /// <summary>Up to four rules for reviews.</summary>
    public static readonly Gen<IReadOnlyList<HttpRoute>> Rules = Rule.ListOf()
        .Select(rules => (IReadOnlyList<HttpRoute>)[.. rules.Take(4)]);

    /// <summary>Such rules, some of which also ask for expressions, the caller or the port, split the traffic or break it.</summary>
    public static readonly Gen<IReadOnlyList<HttpRoute>> WideRules = Rule.SelectMany(Widened).ListOf()
        .Select(rules => (IReadOnlyList<HttpRoute>)[.. rules.Take(4)]);

    /// <summary>A request to reviews.</summary>
    public static readonly Gen<SampleRequest> Request =
        from path in Gen.Elements("/", "/a", "/A", "/b", "/ab", "/aab", "/bb", "/a/b", "/c")
        from method in Gen.Elements("GET", "PUT", "POST")
        from x in Gen.Elements(null, "", "1", "2")
        from y in Gen.Elements(null, "2", "23", "3")
        from query in Gen.Elements("", "p", "p=q", "p=r&p=q")
        select new SampleRequest
        {
            Authority = "reviews:9080",
            Method = method,
            Path = path,
            Query = query,
            Headers = [.. new[] { ("x", x), ("y", y) }.Where(header => header.Item2 is not null)
                .Select(header => KeyValuePair.Create(header.Item1, header.Item2!))],
        };

    /// <summary>A set with these rules for reviews; one for every request where there are none.</summary>
    public static RuleSet Of(IReadOnlyList<HttpRoute> http)
    {
        var rules = Cluster.Reviews("- route:\n  - destination: {host: reviews}");
        return rules with
        {
            VirtualServices = [rules.VirtualServices[0] with { Http = http.Count == 0 ? rules.VirtualServices[0].Http
            : http }]
        };
    }

    private static Gen<HttpRoute> Widened(HttpRoute rule) =>
        from header in Gen.Elements<StringMatch?>(null, null, new StringMatch { Regex = "[12]?" })
        from query in Gen.Elements<StringMatch?>(null, null, new StringMatch { Regex = "q|r.*" })
        from caller in Gen.Elements<string?>(null, null, null, "page", "other")
        from port in Gen.Elements<int?>(null, null, null, 9080, 80)
        from share in Gen.Elements(100, 100, 90, 10)
        from status in Gen.Elements<int?>(null, null, null, 418)
        select rule with
        {
            Match = [.. rule.Match.Select(match => match with
            {
                Headers = header is null ? match.Headers : Map("x", header),
                QueryParams = query is null ? match.QueryParams : Map("p", query),
                SourceLabels = caller is null ? match.SourceLabels : new Dictionary<string, string> { ["app"] = caller },
                Port = port,
            })],
            Route = share == 100 ? rule.Route : [To("v1", share), To("v2", 100 - share)],
            Fault = status is null ? null
                : new HttpFaultInjection { Abort = new HttpFaultAbort { HttpStatus = status, Percentage = 50 } },
        };

    private static HttpRouteDestination To(string subset, int weight) =>
        new() { Destination = new Destination { Host = "reviews", Subset = subset }, Weight = weight };

    private static Dictionary<string, StringMatch> Map(string name, StringMatch? match) =>
        match is null ? [] : new Dictionary<string, StringMatch> { [name] = match };
}
