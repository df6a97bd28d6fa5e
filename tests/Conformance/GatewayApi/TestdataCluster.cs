using System.Net;
using Bookinfo.Mesh.Analysis.Diffing;
using Bookinfo.Mesh.GatewayApi;
using Bookinfo.Mesh.Istio;
using Bookinfo.Mesh.Istio.GatewayApi;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Proxy.Model;

namespace Bookinfo.Tests.Conformance.GatewayApi;

/// <summary>The cluster of Istio's test (<c>conversion_test.go: services</c>), and what is asked of it.</summary>
internal static class TestdataCluster
{
    private const string Domain = "domain.suffix";

    /// <summary>Stands in the cases where istiod writes no host.</summary>
    private const string Nothing = "nowhere.invalid";

    /// <summary>Services by namespace, each with the ports 80, 34000 and 34001.</summary>
    private static readonly Dictionary<string, string[]> Services = new()
    {
        ["default"] =
        [
            "httpbin", "httpbin-second", "httpbin-wildcard", "foo-svc", "httpbin-other", "example", "echo", "svc4", "httpbin-zero",
            "httpbin-mirror", "httpbin-foo", "httpbin-alt", "httpbin-bad", "echo-1", "echo-2", "echo-port", "not-found",
        ],
        ["istio-system"] = ["istio-ingressgateway", "httpbin", "istiod", "echo"],
        ["apple"] = ["httpbin-apple"],
        ["banana"] = ["httpbin-banana"],
        ["cert"] = ["httpbin"],
        ["service"] = ["my-svc"],
        ["allowed-1"] = ["a-example", "b-example", "svc2", "svc1"],
        ["allowed-2"] = ["a-example", "svc2", "svc3"],
        ["group-namespace1"] = ["httpbin"],
        ["group-namespace2"] = ["httpbin"],
    };

    /// <summary>Hosts of the registry that are not Services of Kubernetes.</summary>
    private const string Hosts =
        """

        ---
        apiVersion: networking.istio.io/v1
        kind: ServiceEntry
        metadata: {name: hosts-of-the-registry, namespace: elsewhere}
        spec:
          hosts: [google.com, example.com]
          ports: [{number: 80, name: http, protocol: HTTP}]
          resolution: DNS

        """;

    private static readonly IPEndPoint Nowhere = new(IPAddress.Loopback, 0);

    private static readonly ClusterFacts Facts = new()
    {
        ClusterDomain = Domain,
        Services = Services.SelectMany(each => each.Value, (each, name) => (each.Key, name)).ToHashSet(),
        NamespaceLabels = Services.Keys.Append("foo").ToDictionary(name => name, IReadOnlyDictionary<string, string> (name) =>
            new Dictionary<string, string> { ["istio.io/test-name-part"] = name.Split('-')[0] }),
    };

    private static readonly MeshOptions Options = new()
    {
        ClusterDomain = Domain,
        Services = [.. Facts.Services.Select(service => new MeshService(service.Name, 80, Namespace: service.Namespace))],
        Pods = [.. Services.Keys.Select(name => new Pod($"caller-{name}", Workload.Of("caller", "v1", name), Nowhere, Nowhere))],
        Gateway = Nowhere,
    };

    /// <summary>What the mesh makes of resources.</summary>
    public static GatewayApiTranslation Translate(string resources) => GatewayApiTranslator.Translate(Read(resources + Hosts), Facts);

    /// <summary>Compares what istiod makes of resources with what the mesh does.</summary>
    /// <param name="golden">Gateways and VirtualServices.</param>
    /// <param name="resources">The resources.</param>
    public static RuleDifferences Compare(string golden, string resources)
    {
        var ours = Translate(resources).Rules;
        var rules = golden.Length == 0 ? RuleSet.Empty : Read(golden);
        return RuleDiff.Compare(Options,
            rules with { VirtualServices = [.. rules.VirtualServices.Select(Generated)], ServiceEntries = ours.ServiceEntries }, ours);
    }

    public static string Describe(RuleDifference difference) =>
        $"{difference.Example.Method} {difference.Example.Authority}{difference.Example.Path} of {string.Join(", ", difference.Callers)}: "
        + string.Join("; ", difference.Changes.Select(change => change.ToString()));

    /// <summary>A status in the words of the cases.</summary>
    public static List<string> Lines(GatewayApiStatus status) =>
    [
        .. Own(status),
        .. status.Parents.Select(parent => $"{Reference(parent.Parent, status.Resource)}: {Said(parent.Conditions)}")
            .Order(StringComparer.Ordinal),
        .. status.Listeners.Select(listener => $"{listener.Name}, {listener.AttachedRoutes} attached: "
            + Said(listener.Conditions.Where(condition => condition.Type != Condition.Programmed)
                .OrderBy(condition => condition.Type, StringComparer.Ordinal))),
    ];

    /// <summary>As istiod marks it; a backend that it refuses has no host.</summary>
    private static VirtualService Generated(VirtualService service) => service with
    {
        Semantics = RouteSemantics.GatewayApi,
        Http =
        [
            .. service.Http.Select(rule => rule with
            {
                Route =
                [
                    .. rule.Route.Select(route => route.Destination.Host == Nothing
                        ? route with { Destination = new Destination { Host = "" } } : route),
                ],
            }),
        ],
    };

    /// <summary>Whether a Gateway is programmed hangs on the Service of its pods, which the mesh has not.</summary>
    private static IEnumerable<string> Own(GatewayApiStatus status) =>
        status.Conditions.Where(condition => condition.Type == Condition.Accepted).Select(condition => Said([condition]));

    private static string Reference(ParentReference parent, GatewayApiResource route) =>
        $"{parent.Kind ?? "Gateway"} {parent.Namespace ?? route.Namespace}/{parent.Name}"
        + (parent.SectionName is null ? "" : $"#{parent.SectionName}") + (parent.Port is null ? "" : $":{parent.Port}");

    private static string Said(IEnumerable<Condition> conditions) =>
        string.Join(", ", conditions.Select(condition => $"{condition.Type}={condition.Status} {condition.Reason}"));

    private static RuleSet Read(string yaml)
    {
        var reading = RuleReader.Read("default", [new RuleSource("case.yaml", yaml)], GatewayApiChannel.Experimental);
        Assert.False(reading.HasErrors, string.Join('\n', reading.Problems.Where(problem => problem.IsRefusal)));
        return reading.Rules;
    }
}
