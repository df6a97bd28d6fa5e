using System.Net;
using Bookinfo.Mesh.Proxy.Requests;
using Bookinfo.Tests.Proxy.Support;
using Bookinfo.Tests.Support;

namespace Bookinfo.Tests.Proxy.Wire;

/// <summary>Requests that the mesh sends to itself by a way that it cannot see.</summary>
public sealed class LoopTests
{
    private static string Outside(string host, IPEndPoint address) => $$"""
        apiVersion: networking.istio.io/v1
        kind: ServiceEntry
        metadata: {name: outside}
        spec:
          hosts: [{{host}}]
          location: MESH_EXTERNAL
          resolution: STATIC
          ports: [{number: 80, name: http, protocol: HTTP, targetPort: {{address.Port}}}]
          endpoints: [{address: {{address.Address}}}]
        """;

    [Fact]
    public async Task Request_ToAHostThatIsTheMesh_EndsAfterTenRounds()
    {
        await using var mesh = new TestMesh();
        await mesh.StartAsync();
        mesh.Server.Apply(Rules.Read(Outside("outside.example", mesh.Server.OutboundOf(mesh.Caller))));

        using var answer = await mesh.Client().GetAsync(new Uri("http://outside.example/"), TestContext.Current.CancellationToken);

        Assert.Equal(508, (int)answer.StatusCode);
        await Eventually.UntilAsync(() => mesh.Server.Traffic().Entries.Where(entry => entry.DestinationService == "outside.example")
            .Sum(entry => entry.Requests) == LoopGuard.MostRounds, "The request went round another number of times.");
    }

    [Fact]
    public async Task Request_ThatLeavesTheMesh_IsMarkedAndOneToAPodIsNot()
    {
        await using var outside = RawPod.Start(socket => RawPod.SayAsync(socket, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
        await using var pod = RawPod.Start(socket => RawPod.SayAsync(socket, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
        await using var mesh = new TestMesh();
        mesh.AddPod("reviews", "v1", "reviews-v1-0", pod.Address);
        await mesh.StartAsync(Outside("outside.example", outside.Address));
        using var leaving = new HttpRequestMessage(HttpMethod.Get, "http://outside.example/") { Headers = { { "CDN-Loop", "a, b" } } };

        using var far = await mesh.Client().SendAsync(leaving, TestContext.Current.CancellationToken);
        using var near = await mesh.Client().GetAsync(new Uri("http://reviews:9080/"), TestContext.Current.CancellationToken);

        Assert.Contains("cdn-loop: a, b, bookinfo-mesh\r\n", outside.Heads.Single(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("cdn-loop", pod.Heads.Single(), StringComparison.OrdinalIgnoreCase);
    }
}
