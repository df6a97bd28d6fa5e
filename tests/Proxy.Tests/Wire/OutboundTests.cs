using System.Net;
using Bookinfo.Mesh.Proxy.Model;
using Bookinfo.Tests.Proxy.Support;

namespace Bookinfo.Tests.Proxy.Wire;

/// <summary>Pods that come after the start call others by listeners of their own.</summary>
public sealed class OutboundTests
{
    private const string ByCaller = """
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: reviews}
        spec:
          hosts: [reviews]
          http:
          - match: [{sourceLabels: {app: late}}]
            directResponse: {status: 202}
          - route: [{destination: {host: reviews}}]
        """;

    [Fact]
    public async Task OpenOutbound_PodThatCameLater_CallsAsItself()
    {
        await using var mesh = new TestMesh();
        await mesh.AddAsync("reviews", "v1");
        await mesh.StartAsync(ByCaller);

        await mesh.Server.OpenOutboundAsync(Late("late-1"), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Accepted, await StatusAsync(mesh.Client(caller: Late("late-1"))));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(mesh.Client()));
    }

    [Fact]
    public async Task CloseOutbound_OneOfSeveral_TheOthersGoOnAndItsPlaceIsTaken()
    {
        await using var mesh = new TestMesh();
        await mesh.AddAsync("reviews", "v1");
        await mesh.StartAsync(ByCaller);
        await mesh.Server.OpenOutboundAsync(Late("late-1"), TestContext.Current.CancellationToken);
        await mesh.Server.OpenOutboundAsync(Late("late-2"), TestContext.Current.CancellationToken);
        var first = mesh.Server.OutboundOf(Late("late-1"));

        await mesh.Server.CloseOutboundAsync("late-1");

        await Assert.ThrowsAsync<HttpRequestException>(() => StatusAsync(mesh.Dial(first)));
        Assert.Equal(HttpStatusCode.Accepted, await StatusAsync(mesh.Client(caller: Late("late-2"))));
        await mesh.Server.OpenOutboundAsync(Late("late-3"), TestContext.Current.CancellationToken);
        mesh.Server.Apply(Rules.Read(ByCaller.Replace("202", "206", StringComparison.Ordinal)));
        foreach (var pod in new[] { "late-2", "late-3" })
        {
            Assert.Equal(HttpStatusCode.PartialContent, await StatusAsync(mesh.Client(caller: Late(pod))));
        }

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(mesh.Client()));
    }

    [Fact]
    public async Task OpenOutbound_AddressInUse_LeavesTheMeshAsItWas()
    {
        await using var mesh = new TestMesh();
        await mesh.AddAsync("reviews", "v1");
        await mesh.StartAsync(ByCaller);
        var taken = Late("late-1") with { Outbound = mesh.Server.Gateway };

        await Assert.ThrowsAsync<IOException>(() => mesh.Server.OpenOutboundAsync(taken, TestContext.Current.CancellationToken));

        Assert.Throws<ArgumentException>(() => mesh.Server.OutboundOf(taken));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(mesh.Client()));
    }

    private static Pod Late(string name) => new(name, Workload.Of("late", "v1"), new IPEndPoint(IPAddress.Loopback, 1),
        new IPEndPoint(IPAddress.Loopback, 0));

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client)
    {
        using var answer = await client.GetAsync("http://reviews:9080/", TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
