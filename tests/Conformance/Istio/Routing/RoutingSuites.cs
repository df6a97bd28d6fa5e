using Bookinfo.Mesh.Proxy.Model;
using Bookinfo.Tests.Conformance.Harness;

namespace Bookinfo.Tests.Conformance.Istio.Routing;

/// <summary>The functions of Istio's end-to-end routing tests that this suite takes over, and the applications they run against.</summary>
internal static class RoutingSuites
{
    public const string File = "tests/integration/pilot/common/routing.go";

    public static IReadOnlyList<Suite> All { get; } =
        [VirtualServiceCases.Suite, DestinationRuleCases.Suite, GatewayCases.Suite, HostCases.Suite, ConsistentHashCases.Suite];

    /// <summary>Istio's a, b, c, d and headless; g speaks gRPC, h2 HTTP/2; consistent-hash is the service in front of many pods.</summary>
    public static Task<EchoMesh> StartAsync() => EchoMesh.StartAsync(
        [
            EchoApp.Of("a"), EchoApp.Of("b"), EchoApp.Of("c"), EchoApp.Of("d"), EchoApp.Of("headless"),
            EchoApp.Of("g", http2: true), EchoApp.Of("h2", http2: true), EchoApp.Of("consistent-hash", pods: 5),
            EchoApp.Of("client1"), EchoApp.Of("client2", http2: true),
        ],
        [
            new MeshService("a", 80), new MeshService("b", 80), new MeshService("b", 85), new MeshService("c", 80),
            new MeshService("d", 80),
            new MeshService("headless", 80), new MeshService("headless", 81), new MeshService("g", 7070, "grpc"),
            new MeshService("h2", 85, "http2"),
            new MeshService("consistent-hash", 80),
            new MeshService("client1", 80), new MeshService("client1", 81), new MeshService("client1", 85, "http2"),
            new MeshService("client2", 80), new MeshService("client2", 81), new MeshService("client2", 85, "http2"),
        ]);
}
