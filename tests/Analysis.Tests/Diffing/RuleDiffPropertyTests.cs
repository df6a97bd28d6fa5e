using Bookinfo.Mesh.Analysis.Diffing;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Proxy.Explaining;
using Bookinfo.Mesh.Proxy.Offline;
using FsCheck;
using FsCheck.Fluent;

namespace Bookinfo.Tests.Analysis.Diffing;

/// <summary>The comparison against the tables that traffic goes by, with random rules and random requests.</summary>
public sealed class RuleDiffPropertyTests
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
            Route = [new HttpRouteDestination { Destination = new Destination { Host = "reviews", Subset = subset } }],
            Timeout = seconds == 0 ? null : TimeSpan.FromSeconds(seconds),
            Rewrite = rewrite is null ? null : new HttpRewrite { Uri = rewrite },
        };

    private static readonly Gen<IReadOnlyList<HttpRoute>> Rules = Rule.ListOf()
        .Select(rules => (IReadOnlyList<HttpRoute>)[.. rules.Take(4)]);

    private static readonly Gen<SampleRequest> Request =
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

    [Fact]
    public void Compare_RandomRulesAndRequests_AgreesWithTheTables()
    {
        var inputs = from before in Rules
                     from changed in Rules
                     from keeps in Gen.Elements(true, false)
                     from requests in Request.ListOf()
                     select (before, after: keeps ? [.. before.Take(2), .. changed.Take(1), .. before.Skip(2)] : changed, requests);

        Prop.ForAll(inputs.ToArbitrary(), input =>
        {
            var (before, after) = (RulesOf(input.before), RulesOf(input.after));
            var (old, @new) = (Caller(before), Caller(after));
            var differences = RuleDiff.Compare(Cluster.Options, before, after);
            foreach (var difference in differences.Differences.Where(difference => difference.Callers.Contains(old.Name)))
            {
                Assert.NotEqual(Way(old.Decide(difference.Example)), Way(@new.Decide(difference.Example)));
            }

            foreach (var request in input.requests)
            {
                var (was, becomes) = (old.Decide(request), @new.Decide(request));
                if (Way(was) != Way(becomes) && differences.Undecided.Count == 0)
                {
                    Assert.Contains(differences.Differences, difference =>
                        difference.Before == was.Rule && difference.After == becomes.Rule);
                }
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(150).WithReplay(7, 7));
    }

    /// <summary>What the tables say of a request, without the place of the rule that says it.</summary>
    private static string Way(RouteOutcome outcome) => string.Join(' ',
        outcome.Kind, outcome.Path, outcome.Timeout, string.Join(',', outcome.Destinations.Select(destination => destination.Cluster)));

    private static OfflineCaller Caller(RuleSet rules) => OfflineMesh.Compile(Cluster.Options, rules).FindCaller("page")
        ?? throw new InvalidOperationException("the cluster has no page");

    private static RuleSet RulesOf(IReadOnlyList<HttpRoute> http)
    {
        var rules = Cluster.Reviews("- route:\n  - destination: {host: reviews}");
        return rules with
        {
            VirtualServices = [rules.VirtualServices[0] with { Http = http.Count == 0 ? rules.VirtualServices[0].Http
            : http }]
        };
    }

    private static Dictionary<string, StringMatch> Map(string name, StringMatch? match) =>
        match is null ? [] : new Dictionary<string, StringMatch> { [name] = match };
}
