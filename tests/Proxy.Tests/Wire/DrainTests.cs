using System.Net;
using System.Net.Sockets;
using Bookinfo.Tests.Proxy.Support;
using Bookinfo.Tests.Support;

namespace Bookinfo.Tests.Proxy.Wire;

/// <summary>The end of the mesh: no request is cut off that ends in time.</summary>
public sealed class DrainTests
{
    [Fact]
    public async Task Dispose_RequestsUnderWay_EndAndNoNewConnectionIsTaken()
    {
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var mesh = new TestMesh();
        var backend = await mesh.AddAsync("reviews", "v1", _ => goOn.Task);
        await mesh.StartAsync(configure: options => options with { DrainTime = TimeSpan.FromMinutes(1) });
        var listener = mesh.Server.OutboundOf(mesh.Caller);
        using var silent = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await silent.ConnectAsync(listener);
        var client = mesh.Client();
        var underWay = Enumerable.Range(0, 30).Select(_ => client.GetAsync("http://reviews:9080/")).ToList();
        await Eventually.UntilAsync(() => backend.Requests == 30, "The requests did not reach the pod.");

        var stopped = mesh.Server.DisposeAsync().AsTask();
        await Eventually.UntilAsync(() => !CanConnect(listener), "The listener still takes connections.");
        Assert.False(stopped.IsCompleted);
        goOn.SetResult();

        foreach (var response in await Task.WhenAll(underWay))
        {
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }

        await stopped.WaitAsync(TimeSpan.FromSeconds(30));
    }

    private static bool CanConnect(IPEndPoint listener)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Connect(listener);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
