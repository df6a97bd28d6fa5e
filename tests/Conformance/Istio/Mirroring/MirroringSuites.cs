using System.Net;
using Bookinfo.Mesh.Proxy.Model;
using Bookinfo.Tests.Conformance.Harness;
using Bookinfo.Tests.Support;

namespace Bookinfo.Tests.Conformance.Istio.Mirroring;

/// <summary>a calls b, and c gets a copy of so many in a hundred: by HTTP and by gRPC.</summary>
internal static class MirroringSuites
{
    private const string File = "tests/integration/pilot/mirror_test.go";

    // Istio sends 100 requests and allows 5 or 10 points off; four hundred of them allow half of that.
    private const int Requests = 400;

    public static IReadOnlyList<Suite> All { get; } =
    [
        new(File, "TestMirroring")
        {
            Rows = [.. Both("mirror-percent-absent", null), .. Both("mirror-50", 50), .. Both("mirror-10", 10), .. Both("mirror-0", 0)],
        },
        new(File, "TestMirroringExternalService")
        {
            Rows =
            [
                new("mirror-external/HTTP", "") { Then = mesh => ExternalAsync(mesh, "b", "http://b/", "external", "HTTP") },
                new("mirror-external/GRPC", "")
                {
                    Then = mesh => ExternalAsync(mesh, "bg", "http://bg:7070/proto.EchoTestService/", "externalg", "GRPC"),
                },
            ],
        },
    ];

    public static Task<EchoMesh> StartAsync() => EchoMesh.StartAsync(
        [
            EchoApp.Of("a"), EchoApp.Of("b"), EchoApp.Of("c"), EchoApp.Of("external"),
            EchoApp.Of("bg", http2: true), EchoApp.Of("cg", http2: true), EchoApp.Of("externalg", http2: true),
        ],
        [
            new MeshService("a", 80), new MeshService("b", 80), new MeshService("c", 80),
            new MeshService("bg", 7070, "grpc"), new MeshService("cg", 7070, "grpc"),
        ]);

    private static IEnumerable<Case> Both(string name, double? percent) =>
    [
        new($"{name}/HTTP", Rule("b", "c", percent)) { Then = mesh => MirroredAsync(mesh, "http://b/", "b", "c", percent ?? 100) },
        new($"{name}/GRPC", Rule("bg", "cg", percent))
        {
            Then = mesh => MirroredAsync(mesh, "http://bg:7070/proto.EchoTestService/", "bg", "cg", percent ?? 100),
        },
    ];

    private static Task ExternalAsync(EchoMesh mesh, string app, string url, string external, string protocol)
    {
        var address = mesh.Pod($"{external}-v1-0").Address;
        mesh.Apply(Yaml.All(Rule(app, "fake.external.com", null), Yaml.ServiceEntry("external", """
            hosts: [fake.external.com]
            location: MESH_EXTERNAL
            resolution: STATIC
            ports: [{number: 80, name: it, protocol: <protocol>}]
            endpoints: [{address: <address>, ports: {it: <port>}}]
            """.Fill(("protocol", protocol), ("address", address.Address), ("port", address.Port)))));
        return MirroredAsync(mesh, url, app, external, 100);
    }

    private static string Rule(string host, string mirror, double? percent) => Yaml.VirtualService(host, $"""
        - route:
          - destination:
              host: {host}
          mirror:
            host: {mirror}
        """ + (percent is null ? "" : $"\n  mirrorPercentage:\n    value: {percent}"));

    private static async Task MirroredAsync(EchoMesh mesh, string url, string destination, string mirror, double percent)
    {
        var id = Guid.NewGuid().ToString("N");
        var grpc = url.Contains("EchoTestService", StringComparison.Ordinal);
        for (var request = 0; request < Requests; request++)
        {
            var reply = await mesh.SendAsync(new Call
            {
                Url = url + id,
                Method = grpc ? "POST" : "GET",
                Http = grpc ? HttpVersion.Version20 : HttpVersion.Version11,
                Headers = grpc ? new Dictionary<string, string> { ["Content-Type"] = "application/grpc", ["TE"] = "trailers" } : [],
                Body = grpc ? id : null,
            });
            Assert.Equal($"{destination}-v1", reply.Echo?.Workload);
        }

        Assert.Equal(Requests, Count(destination));
        var least = percent is 0 or 100 ? percent / 100 * Requests : (percent / 100 * Requests) - Margin();
        await Eventually.UntilAsync(() => Count(mirror) >= least, $"{mirror} got {Count(mirror)} of at least {least}");
        Shares.AssertWithin(
            new Dictionary<string, double> { ["mirrored"] = percent, ["not mirrored"] = 100 - percent },
            new Dictionary<string, int> { ["mirrored"] = Count(mirror), ["not mirrored"] = Requests - Count(mirror) },
            Requests);

        int Count(string app) =>
            mesh.Pod($"{app}-v1-0").Seen.Count(echo => echo.Target.EndsWith(id, StringComparison.Ordinal) && (!grpc || echo.Body == id));
        double Margin() => 3.29 * Math.Sqrt(percent / 100 * (1 - (percent / 100)) * Requests);
    }
}
