using System.Globalization;
using System.Net;
using System.Text;
using Bookinfo.Mesh.Proxy.Clusters;
using Bookinfo.Mesh.Proxy.Compilation;
using Bookinfo.Mesh.Proxy.Endpoints;
using Bookinfo.Mesh.Proxy.Model;
using Bookinfo.Mesh.Proxy.Pipeline;
using Bookinfo.Mesh.Proxy.Registry;
using Bookinfo.Mesh.Proxy.Requests;
using Bookinfo.Mesh.Proxy.Telemetry;
using Bookinfo.Tests.Proxy.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Bookinfo.Tests.Proxy.Pipeline;

/// <summary>
/// To find virtual host, route, destination and endpoint of a request allocates nothing, however many rules there are. It counts bytes, not
/// time.
/// </summary>
public sealed class RoutingAllocationTests
{
    private const int Requests = 10_000;

    private const string Reviews = Rules.ReviewsSubsets + """
        ---
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: reviews}
        spec:
          hosts: [reviews]
          http:
          - match: [{uri: {exact: /exact} }, {headers: {end-user: {exact: jason} } }]
            route: [{destination: {host: reviews, subset: v2} }]
          - match: [{uri: {prefix: /prefix}, method: {exact: GET} }]
            route: [{destination: {host: reviews, subset: v3} }]
          - route:
            - {destination: {host: reviews, subset: v1}, weight: 90}
            - {destination: {host: reviews, subset: v2}, weight: 10}

        """;

    [Theory]
    [InlineData(0, "/", "", "v1 v2")]
    [InlineData(0, "/exact", "", "v2")]
    [InlineData(0, "/", "jason", "v2")]
    [InlineData(0, "/prefix/x", "", "v3")]
    [InlineData(1000, "/", "", "v1 v2")]
    [InlineData(1000, "/exact", "", "v2")]
    [InlineData(1000, "/", "jason", "v2")]
    [InlineData(1000, "/prefix/x", "", "v3")]
    public void Route_ManyRequests_NothingAllocated(int otherServices, string path, string user, string subsets)
    {
        var (tables, caller) = Compile(otherServices);
        var executor = new RouteExecutor(null!, new TrafficMetrics(), Randomness.Seeded(1));
        var exchange = new Exchange { Caller = caller };
        var features = new DefaultHttpContext().Features;
        var request = features.GetRequiredFeature<IHttpRequestFeature>();
        (request.Method, request.RawTarget, request.Path) = ("GET", path, path);
        request.Headers.Host = "reviews:9080";
        request.Headers["end-user"] = user;
        exchange.Begin(features, 0);
        var seen = new HashSet<string>();
        for (var i = 0; i < Requests; i++)
        {
            seen.Add(RouteOnce(exchange, tables, executor).Endpoint.Pod!.Workload.Version);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Requests; i++)
        {
            RouteOnce(exchange, tables, executor);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(subsets.Split(' '), seen.Order());
    }

    /// <summary>What the pipeline does between Kestrel and the forwarder.</summary>
    private static UpstreamHost RouteOnce(Exchange exchange, RuleTables tables, RouteExecutor executor)
    {
        var info = exchange.ReadInfo();
        var route = tables.ScopeOf(exchange.Caller).Hosts.Find(info.Authority)!.RoutesFor(exchange.Caller).Find(info)!;
        var destination = executor.Choose(exchange, route.Action)!;
        return tables.ClustersOf(exchange.Caller)[destination.Cluster!].Pick(exchange, [])!;
    }

    private static (RuleTables Tables, Caller Caller) Compile(int otherServices)
    {
        var nowhere = new IPEndPoint(IPAddress.Loopback, 1);
        var options = new MeshOptions
        {
            Services = [new MeshService("reviews", 9080, "http"),
                .. Enumerable.Range(0, otherServices).Select(i => new MeshService($"service-{i}", 9080, "http"))],
            Pods = [new Pod("caller", Workload.Of("caller", "v1"), nowhere, nowhere),
                .. Enumerable.Range(1, 3).Select(i => new Pod($"reviews-v{i}", Workload.Of("reviews", $"v{i}"), nowhere, null))],
            Randomness = Randomness.Seeded(1),
        };
        var callers = Callers.Of(options);
        var store = new ClusterStore(new TrafficMetrics(), new OwnListeners(), options.Randomness, options.Time);
        var compiler = new RuleCompiler(options, callers, store);
        return (compiler.Compile(new RulesInForce(Rules.Read(Reviews + OtherRules(otherServices)), 1, DateTimeOffset.UnixEpoch)),
            callers[0]);
    }

    /// <summary>A VirtualService of ten routes for each of the other services.</summary>
    private static string OtherRules(int services)
    {
        var yaml = new StringBuilder();
        for (var i = 0; i < services; i++)
        {
            yaml.Append(CultureInfo.InvariantCulture, $$"""
                ---
                apiVersion: networking.istio.io/v1
                kind: VirtualService
                metadata: {name: service-{{i}} }
                spec:
                  hosts: [service-{{i}}]
                  http:

                """);
            for (var route = 0; route < 10; route++)
            {
                yaml.Append(CultureInfo.InvariantCulture,
                    $"  - match: [{{uri: {{prefix: /path-{route}}}}}]\n    route: [{{destination: {{host: service-{i}}}}}]\n");
            }
        }

        return yaml.ToString();
    }
}
