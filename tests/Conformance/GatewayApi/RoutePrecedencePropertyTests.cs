using System.Globalization;
using System.Net;
using Bookinfo.Mesh.Istio.GatewayApi;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Proxy.Explaining;
using Bookinfo.Mesh.Proxy.Model;
using Bookinfo.Mesh.Proxy.Offline;
using FsCheck;
using FsCheck.Fluent;
using Gateway = Bookinfo.Mesh.Istio.GatewayApi.Gateway;
using HttpRoute = Bookinfo.Mesh.Istio.GatewayApi.HttpRoute;

namespace Bookinfo.Tests.Conformance.GatewayApi;

/// <summary>
/// Random HTTPRoutes at one Gateway, and which rule takes a request: that of <see cref="RoutePrecedenceReference"/>, which follows the
/// words of the specification.
/// </summary>
public sealed class RoutePrecedencePropertyTests
{
    private const int MostRules = 9;
    private const int Port = 80;

    private static readonly IPEndPoint Nowhere = new(IPAddress.Loopback, 0);

    /// <summary>A Service for each rule, so that the destination tells which rule it was.</summary>
    private static readonly MeshOptions Options = new()
    {
        Services = [.. Enumerable.Range(0, MostRules).Select(i => new MeshService(Name(i), Port))],
        Pods = [],
        Gateway = Nowhere,
    };

    private static readonly Gateway Gateway = new()
    {
        Metadata = new Metadata { Name = "gateway" },
        GatewayClassName = "istio",
        Listeners = [new Listener { Name = "http", Port = Port, Protocol = "HTTP" }],
    };

    private static readonly Gen<PathMatch?> Path = Gen.Frequency(
        (1, Gen.Constant<PathMatch?>(null)),
        (4, from type in Gen.Elements(PathMatchType.Exact, PathMatchType.PathPrefix)
            from value in Gen.Elements("/", "/a", "/ab", "/a/b", "/b")
            select (PathMatch?)new PathMatch { Type = type, Value = value }));

    private static readonly Gen<HttpRouteMatch> Match =
        from path in Path
        from method in Gen.Elements<string?>(null, null, "GET", "POST")
        from headers in Gen.SubListOf("x", "y", "z")
        from parameters in Gen.SubListOf("p", "q")
        select new HttpRouteMatch
        {
            Path = path,
            Method = method,
            Headers = [.. headers.Select(name => new NamedValueMatch { Name = name, Value = "1" })],
            QueryParams = [.. parameters.Select(name => new NamedValueMatch { Name = name, Value = "1" })],
        };

    private static readonly Gen<IReadOnlyList<HttpRoute>> Routes =
        from count in Gen.Choose(1, 3)
        from names in Gen.Shuffle("a", "b", "c")
        from routes in Gen.ArrayOf(Route(), count)
        select (IReadOnlyList<HttpRoute>)[.. routes.Select((route, r) => route with
        {
            Metadata = route.Metadata with { Name = names[r] },
            Rules = [.. route.Rules.Select((rule, i) => rule with { BackendRefs = [Backend((r * 3) + i)] })],
        })];

    private static readonly Gen<SampleRequest> Request =
        from path in Gen.Elements("/", "/a", "/a/", "/ab", "/abc", "/a/b", "/a/b/c", "/b", "/c")
        from method in Gen.Elements("GET", "POST", "PUT")
        from headers in Gen.SubListOf("x", "y", "z")
        from parameters in Gen.SubListOf("p", "q")
        select new SampleRequest
        {
            Authority = "shop.example",
            Path = path,
            Method = method,
            Headers = [.. headers.Select(name => KeyValuePair.Create(name, "1"))],
            Query = string.Join('&', parameters.Select(name => $"{name}=1")),
        };

    [Fact]
    public void Decide_RandomRoutes_TakesTheRuleOfTheSpecification()
    {
        var (taken, contested) = (0, 0);
        var inputs = from routes in Routes
                     from requests in Request.ListOf(20)
                     select (routes, requests);

        Prop.ForAll(inputs.ToArbitrary(), input =>
        {
            var rules = RuleSet.Empty with { GatewayApi = [Gateway, .. input.routes] };
            var gateway = OfflineMesh.Compile(Options, rules).Callers.Single(caller => caller.IsGateway);
            foreach (var request in input.requests)
            {
                var candidates = RoutePrecedenceReference.Candidates(input.routes, request);
                var expected = RoutePrecedenceReference.Winner(candidates)?.Rule.BackendRefs[0].Name;
                var outcome = gateway.Decide(request);
                taken += expected is null ? 0 : 1;
                contested += candidates.Select(candidate => candidate.Rule).Distinct().Count() > 1 ? 1 : 0;

                Assert.Equal(expected, outcome.Destinations.Count == 0 ? null : outcome.Destinations[0].Host.Split('.')[0]);
                Assert.Equal(expected is null ? 404 : null, outcome.Status);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200).WithReplay(13, 13));

        // The property says little where no request is taken, or only one rule takes it: of 4,000 requests, many are contested.
        Assert.InRange(taken, 1500, 4000);
        Assert.InRange(contested, 500, 4000);
    }

    private static Gen<HttpRoute> Route() =>
        from age in Gen.Choose(0, 2)
        from rules in Gen.ArrayOf(Match.NonEmptyListOf().Select(matches => new HttpRouteRule { Matches = [.. matches.Take(3)] }), 3)
        from count in Gen.Choose(1, 3)
        select new HttpRoute
        {
            Metadata = new Metadata { Name = "", CreationTimestamp = new DateTimeOffset(2026, 1, 1 + age, 0, 0, 0, TimeSpan.Zero) },
            ParentRefs = [new ParentReference { Name = "gateway" }],
            Rules = [.. rules.Take(count)],
        };

    private static BackendRef Backend(int rule) => new() { Name = Name(rule), Port = Port };

    private static string Name(int rule) => string.Create(CultureInfo.InvariantCulture, $"s{rule}");
}
