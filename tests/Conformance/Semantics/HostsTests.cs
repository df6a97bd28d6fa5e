using Bookinfo.Tests.Conformance.Harness;

namespace Bookinfo.Tests.Conformance.Semantics;

/// <summary>Which rules a request is judged by, by its Host and by who calls.</summary>
public sealed class HostsTests(SemanticsMesh running) : IClassFixture<SemanticsMesh>
{
    private const string Teapot = "- directResponse: {status: 418}";

    private static readonly IReadOnlyList<Case> Statements =
    [
        new("a service is reached by each of its names", "",
            [.. Names("c").Select(host => new Call { Url = "http://c:9080/", Host = host, By = "c-v1" })]),
        new("a VirtualService for the short name holds for each of its names", Yaml.VirtualService("c", Teapot),
            [.. Names("c").Select(host => new Call { Url = "http://c:9080/", Host = host, Status = 418 })]),
        new("a VirtualService for the full name holds for each of its names", Yaml.VirtualService("c.default.svc.cluster.local", Teapot),
            [.. Names("c").Select(host => new Call { Url = "http://c:9080/", Host = host, Status = 418 })]),
        new("hosts know no case", Yaml.VirtualService("c", Teapot),
            new Call { Url = "http://c:9080/", Host = "C.Default.SVC.cluster.LOCAL:9080", Status = 418 }),
        new("a name without a dot means the rule's own namespace", Yaml.All(
            Yaml.VirtualService("\"n\"", Teapot, @namespace: "other"), Yaml.VirtualService("c", Teapot, "c", @namespace: "other")),
            new Call { Url = "http://n.other:9080/", Status = 418 },
            new Call { Url = "http://c:9080/", By = "c-v1" }),
        new("a short name is one of the caller's own namespace", "",
            new Call { From = "z-v1-0", Url = "http://n:9080/", By = "n-v1" },
            new Call { From = "z-v1-0", Url = "http://c.default:9080/", By = "c-v1" },
            new Call { From = "a-v1-0", Url = "http://n.other:9080/", By = "n-v1" },
            new Call { From = "a-v1-0", Url = "http://n.other.svc:9080/", By = "n-v1" }),
        new("a name with a dot is not expanded", Yaml.VirtualService("p.default", Teapot),
            new Call { Url = "http://p/", By = "p-v1" },
            new Call { Url = "http://p.default.svc.cluster.local/", By = "p-v1" },
            new Call { Url = "http://p.default/", Status = 418 }),
        new("a destination without a dot is in the rule's namespace",
            Yaml.VirtualService("\"n\"", "- route: [{destination: {host: \"n\"}}]", @namespace: "other"),
            new Call { Url = "http://n.other:9080/", By = "n-v1" }),
        new("exact before wildcard, longer wildcard before shorter", Yaml.All(
            Yaml.Gateway(),
            OnGateway("\"*\"", 450, "all"), OnGateway("\"*.example.com\"", 451, "wide"), OnGateway("\"*.shop.example.com\"", 452, "narrow"),
            OnGateway("a.shop.example.com", 453, "exact")),
            Outside("a.shop.example.com", 453), Outside("b.shop.example.com", 452), Outside("b.example.com", 451),
            Outside("example.com", 450),
            Outside("shop.example.com", 451), Outside("x.a.shop.example.com", 452), Outside("A.Shop.Example.Com:8080", 453)),
        new("the second VirtualService for a host in the mesh is dropped, not merged", Yaml.All(
            Yaml.VirtualService("c", "- match: [{uri: {prefix: /first}}]\n  directResponse: {status: 418}", "a-first"),
            Yaml.VirtualService("c", "- match: [{uri: {prefix: /second}}]\n  directResponse: {status: 419}", "b-second")),
            new Call { Url = "http://c:9080/first", Status = 418 },
            new Call { Url = "http://c:9080/second", Status = 404, Flag = "NR" }),
        new("VirtualServices for one host of a gateway are merged", Yaml.All(
            Yaml.Gateway(),
            Yaml.VirtualService("shop.example.com", "- match: [{uri: {prefix: /first}}]\n  directResponse: {status: 418}", "a-first",
                "gateway"),
            Yaml.VirtualService("shop.example.com", "- match: [{uri: {prefix: /second}}]\n  directResponse: {status: 419}", "b-second",
                "gateway")),
            Outside("shop.example.com", 418, "/first"), Outside("shop.example.com", 419, "/second"),
                Outside("shop.example.com", 404, "/third")),
        new("a VirtualService of a gateway does not change calls inside the mesh", Yaml.All(
            Yaml.Gateway(), Yaml.VirtualService("c.default.svc.cluster.local", Teapot, gateways: "gateway")),
            new Call { Url = "http://c:9080/", By = "c-v1" },
            Outside("c.default.svc.cluster.local", 418)),
        new("a VirtualService without gateways is for the mesh only",
            Yaml.All(Yaml.Gateway(), Yaml.VirtualService("c.default.svc.cluster.local", Teapot)),
            new Call { Url = "http://c:9080/", Status = 418 },
            Outside("c.default.svc.cluster.local", 404)),
        new("a VirtualService of both holds for both", Yaml.All(
            Yaml.Gateway(), Yaml.VirtualService("c.default.svc.cluster.local", Teapot, gateways: "gateway, mesh")),
            new Call { Url = "http://c:9080/", Status = 418 },
            Outside("c.default.svc.cluster.local", 418)),
        new("a host outside the gateway's hosts has no route", Yaml.All(Yaml.Gateway("\"*.example.com\""), OnGateway("\"*\"", 418, "all")),
            Outside("shop.example.com", 418), Outside("elsewhere.org", 404)),
        new("sourceLabels and sourceNamespace are the caller's", Yaml.VirtualService("c.default.svc.cluster.local", """
            - match: [{sourceLabels: {app: b}}, {sourceNamespace: other}]
              directResponse: {status: 418}
            - route: [{destination: {host: c}}]
            """),
            new Call { From = "b-v1-0", Url = "http://c:9080/", Status = 418 },
            new Call { From = "z-v1-0", Url = "http://c.default:9080/", Status = 418 },
            new Call { From = "a-v1-0", Url = "http://c:9080/", By = "c-v1" }),
        new("gateways of a match say where it holds", Yaml.All(Yaml.Gateway(), Yaml.VirtualService("c.default.svc.cluster.local", """
            - match: [{gateways: [gateway]}]
              directResponse: {status: 418}
            - match: [{gateways: [mesh]}]
              directResponse: {status: 419}
            """, gateways: "gateway, mesh")),
            Outside("c.default.svc.cluster.local", 418),
            new Call { Url = "http://c:9080/", Status = 419 }),
        new("gateways of a match win over its sourceLabels", Yaml.VirtualService("c", """
            - match: [{gateways: [mesh], sourceLabels: {app: nobody}}]
              directResponse: {status: 418}
            """), new Call { Url = "http://c:9080/", Status = 418 }),
        new("port of a match is the port dialled", Yaml.VirtualService("c", """
            - match: [{port: 80}]
              directResponse: {status: 418}
            - match: [{port: 9080}]
              directResponse: {status: 419}
            """), new Call { Url = "http://c:9080/", Status = 419 }),
        new("a delegate's routes stand in the place of the route that names it", Yaml.All(
            Yaml.VirtualService("c", "- match: [{uri: {prefix: /a}}]\n  delegate: {name: inner}\n- directResponse: {status: 420}"),
            Delegate("inner",
                "- match: [{uri: {prefix: /a/b}}]\n  directResponse: {status: 418}\n- match: [{uri: {prefix: /a}}]\n  "
                    + "directResponse: {status: 419}")),
            new Call { Url = "http://c:9080/a/b", Status = 418 }, new Call { Url = "http://c:9080/a", Status = 419 },
            new Call { Url = "http://c:9080/", Status = 420 }),
        new("a route whose delegate is not there does nothing, the others hold",
            Yaml.VirtualService("c", "- match: [{uri: {prefix: /a}}]\n  delegate: {name: missing}\n- directResponse: {status: 420}"),
            new Call { Url = "http://c:9080/a", Status = 420 }),
        new("exportTo . keeps a VirtualService to its own namespace",
            Yaml.VirtualService("c.default.svc.cluster.local", Teapot, @namespace: "other") + "\n  exportTo: [\".\"]",
            new Call { From = "a-v1-0", Url = "http://c:9080/", By = "c-v1" },
            new Call { From = "z-v1-0", Url = "http://c.default:9080/", Status = 418 }),
        new("exportTo * is for everybody",
            Yaml.VirtualService("c.default.svc.cluster.local", Teapot, @namespace: "other") + "\n  exportTo: [\"*\"]",
            new Call { From = "a-v1-0", Url = "http://c:9080/", Status = 418 },
            new Call { From = "z-v1-0", Url = "http://c.default:9080/", Status = 418 }),
    ];

    public static IEnumerable<TheoryDataRow<string>> Rows => Table.Of(Statements);

    [Theory]
    [MemberData(nameof(Rows))]
    public Task Hosts_OnTheRunningMesh_AreChosenAsIstioDoes(string row) => running.Mesh.RunAsync(Table.Find(Statements, row));

    private static IEnumerable<string> Names(string service) =>
        new[]
        {
            service, $"{service}.default", $"{service}.default.svc", $"{service}.default.svc.cluster.local",
            $"{service}.default.svc.cluster.local.",
        }.SelectMany(name => new[] { name, $"{name}:9080" });

    private static string OnGateway(string hosts, int status, string name) =>
        Yaml.VirtualService(hosts, $"- directResponse: {{status: {status}}}", name, "gateway");

    private static string Delegate(string name, string http) => Yaml.VirtualService("", http, name);

    private static Call Outside(string host, int status, string path = "/") =>
        new() { From = EchoMesh.Gateway, Url = "http://outside.example.com" + path, Host = host, Status = status };
}
