using Bookinfo.Mesh.Istio.Model;

namespace Bookinfo.Tests.Proxy.Compilation;

/// <summary>
/// A set of rules that somebody edits, one resource at a time, as <c>kubectl apply</c> and <c>kubectl delete</c> do: what is not edited
/// stays the same object.
/// </summary>
/// <param name="random">Decides on the edits.</param>
internal sealed class EditedRules(Random random)
{
    private static readonly string[] Hosts =
        ["a", "b", "c", "a.other", "a.default.svc.cluster.local", "*.default.svc.cluster.local", "*.example", "shop.example",
            "www.shop.example"];

    private static readonly string[] Destinations = ["a", "b", "c", "a.other.svc.cluster.local", "shop.example", "nowhere"];
    private static readonly string[] Paths = ["/", "/x", "/x/y", "/z"];
    private readonly List<Resource> _resources = [];

    /// <summary>The rules as they are now.</summary>
    public RuleSet Rules => new([.. _resources.OfType<VirtualService>()], [.. _resources.OfType<DestinationRule>()],
        [.. _resources.OfType<Gateway>()], [.. _resources.OfType<ServiceEntry>()]);

    /// <summary>Adds, replaces or removes a resource: most often a VirtualService.</summary>
    public void Edit()
    {
        var made = random.Next(12) switch
        {
            0 => DestinationRule(),
            1 => ServiceEntry(),
            2 => Gateway(),
            3 => Delegate(),
            _ => VirtualService(),
        };
        var at = _resources.FindIndex(there => (there.Kind, there.Name) == (made.Kind, made.Name));
        if (at < 0)
        {
            _resources.Add(made);
        }
        else if (random.Next(4) == 0)
        {
            _resources.RemoveAt(at);
        }
        else
        {
            _resources[at] = made;
        }
    }

    private static Resource Read(string yaml) => Support.Rules.Read(yaml).Resources.Single();

    private T Any<T>(params T[] of) => of[random.Next(of.Length)];

    private Resource VirtualService() => Read($$"""
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: rule-{{random.Next(6)}}, namespace: {{Any("default", "other")}}}
        spec:
          hosts: [{{HostNames()}}]
          gateways: {{Any("[mesh]", "[mesh, default/front]", "[default/front]", "[default/front, default/side]")}}
          exportTo: {{Any("[\"*\"]", "[\"*\"]", "[\".\"]")}}
          http:
          {{string.Join("\n  ", Enumerable.Range(0, random.Next(1, 4)).Select(_ => Route()))}}
        """);

    /// <summary>Two hosts, unless one of them would stand for both.</summary>
    private string HostNames() =>
        Any(Hosts) is var host && host.StartsWith('*') ? $"\"{host}\"" : $"\"{host}\", extra-{random.Next(3)}.example";

    private Resource Delegate() => Read($$"""
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: delegate-{{random.Next(2)}}, namespace: default}
        spec:
          http:
          - route: [{destination: {host: {{Any(Destinations)}} } }]
        """);

    private string Route() => random.Next(8) switch
    {
        0 => $"- {{match: [{Match()}], delegate: {{name: delegate-{random.Next(2)}, namespace: default}}}}",
        1 => $"- {{match: [{Match()}], directResponse: {{status: {random.Next(200, 210)}}}}}",
        2 => $"- {{route: [{{destination: {Destination()}}}], timeout: {random.Next(1, 9)}s}}",
        _ => $"- {{match: [{Match()}], route: [{{destination: {Destination()}, weight: {random.Next(1, 50)}}}, "
            + $"{{destination: {Destination()}, weight: {random.Next(1, 50)}}}]}}",
    };

    private string Match() => Any($"{{uri: {{prefix: {Any(Paths)}}}}}", $"{{uri: {{exact: {Any(Paths)}}}}}",
        $"{{sourceLabels: {{app: {Any("a", "b")}}}}}", $"{{port: {Any(80, 9080)}}}",
        "{headers: {end-user: {exact: jason}}}", "{gateways: [default/front]}");

    private string Destination() => $"{{host: {Any(Destinations)}{Any("", $", subset: v{random.Next(1, 4)}")}}}";

    private Resource DestinationRule() => Read($$"""
        apiVersion: networking.istio.io/v1
        kind: DestinationRule
        metadata: {name: policy-{{random.Next(3)}}}
        spec:
          host: "{{Any("a", "b", "*.default.svc.cluster.local")}}"
          trafficPolicy: {loadBalancer: {simple: {{Any("RANDOM", "ROUND_ROBIN")}} } }
          subsets: [{name: v{{random.Next(1, 4)}}, labels: {version: v{{random.Next(1, 3)}} } }]
        """);

    private Resource ServiceEntry() => Read($$"""
        apiVersion: networking.istio.io/v1
        kind: ServiceEntry
        metadata: {name: entry-{{random.Next(2)}}}
        spec:
          hosts: ["{{Any("shop.example", "*.shop.example")}}"]
          location: MESH_EXTERNAL
          ports: [{number: {{Any(80, 8080)}}, name: http, protocol: HTTP}]
          resolution: NONE
        """);

    private Resource Gateway() => Read($$"""
        apiVersion: networking.istio.io/v1
        kind: Gateway
        metadata: {name: {{Any("front", "side")}}}
        spec:
          selector: {istio: ingressgateway}
          servers: [{port: {number: {{Any(80, 8080)}}, name: http, protocol: HTTP}, hosts: ["{{Any("*", "shop.example", "*.example")}}"]}]
        """);
}
