using Bookinfo.Mesh.Proxy.Model;
using Bookinfo.Tests.Conformance.Harness;

namespace Bookinfo.Tests.Conformance.Semantics;

/// <summary>
/// The applications of the truth tests: a and b call; c and d answer; r is released as v1 and v2; pool has two pods, hash five; z calls
/// from the namespace other, where n lives; g speaks gRPC; p stands on port 80; ghost is a service without pods.
/// </summary>
public sealed class SemanticsMesh() : RunningMesh(StartAsync)
{
    private static Task<EchoMesh> StartAsync() => EchoMesh.StartAsync(
        [
            EchoApp.Of("a"), EchoApp.Of("b"), EchoApp.Of("c"), EchoApp.Of("d"), EchoApp.Of("r"), EchoApp.Of("r", "v2"),
            EchoApp.Of("pool", pods: 2),
            EchoApp.Of("hash", pods: 5), EchoApp.Of("p"), EchoApp.Of("g", http2: true), EchoApp.Of("n", @namespace: "other"),
            EchoApp.Of("z", @namespace: "other"),
        ],
        [
            new MeshService("c", 9080), new MeshService("d", 9080), new MeshService("r", 9080), new MeshService("pool", 9080),
            new MeshService("hash", 9080),
            new MeshService("p", 80), new MeshService("g", 7070, "grpc"), new MeshService("n", 9080, Namespace: "other"),
            new MeshService("ghost", 9080),
        ]);
}
