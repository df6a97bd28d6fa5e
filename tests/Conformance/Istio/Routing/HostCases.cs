using Bookinfo.Tests.Conformance.Harness;

namespace Bookinfo.Tests.Conformance.Istio.Routing;

/// <summary>Every way to name a service in the Host header, without a port, with the right one and with a random one.</summary>
internal static class HostCases
{
    private static readonly string[] Names = ["headless.default.svc.cluster.local", "headless.default.svc", "headless"];

    public static Suite Suite { get; } = new(RoutingSuites.File, "hostCases")
    {
        Rows = [.. Services(81, "auto-http"), .. Services(80, "http"), Address("auto-http"), Address("http")],
        LeftOut =
        [
            new("names of single pods of a headless service: Kubernetes' DNS makes them, and the mesh has no headless services",
            [
                "some-instances.headless.default.svc.cluster.local:81/auto-http",
                "some-instances.headless.default.svc.cluster.local:12345/auto-http",
                "some-instances.headless.default.svc/auto-http", "some-instances.headless.default.svc:12345/auto-http",
                "some-instances.headless/auto-http", "some-instances.headless:81/auto-http", "some-instances.headless:12345/auto-http",
                "some-instances.headless.default.svc.cluster.local:80/http", "some-instances.headless.default.svc.cluster.local:12345/http",
                "some-instances.headless.default.svc/http", "some-instances.headless.default.svc:80/http",
                "some-instances.headless.default.svc:12345/http",
                "some-instances.headless/http", "some-instances.headless:80/http", "some-instances.headless:12345/http",
            ]),
            new("a Host that names another port than the one dialled: the mesh has no original destination, and takes the Host's "
                + "port for it",
            [
                "headless.default.svc.cluster.local:12345/auto-http", "headless.default.svc:12345/auto-http", "headless:12345/auto-http",
                "headless.default.svc.cluster.local:12345/http", "headless.default.svc:12345/http", "headless:12345/http",
            ]),
            new("a pod's address without its port: the mesh goes by the Host header only, there is no original destination as "
                + "under iptables",
                "ip/auto-http", "ip/http"),
        ],
    };

    private static IEnumerable<Case> Services(int port, string portName) =>
        Names.SelectMany(name => new[] { name, $"{name}:{port}" })
            .Select(host => new Case($"{host}/{portName}", "",
                new Call { Url = $"http://headless:{port}/", Host = host, By = "headless-v1", Flag = "-" }));

    private static Case Address(string portName) => new($"ip:port/{portName}", "")
    {
        Then = mesh => mesh.CheckAsync(new Call { Url = $"http://{mesh.Pod("headless-v1-0").Address}/", By = "headless-v1" }),
    };
}
