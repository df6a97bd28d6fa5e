using System.Net;
using Bookinfo.Mesh.Proxy.Listeners;
using Bookinfo.Tests.Proxy.Support;
using Bookinfo.Tests.Support;

namespace Bookinfo.Tests.Proxy.Wire;

/// <summary>
/// What a caller is told when the mesh has too many files open (<c>source/common/http/conn_manager_impl.cc: decodeHeaders</c> of
/// envoyproxy/envoy: 503, <c>envoy overloaded</c>, details <c>overload</c>).
/// </summary>
public sealed class OverloadTests
{
    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task Request_FilesAreScarce_503AndTheConnectionEnds(string version)
    {
        var files = new ScarceFiles(500);
        var clock = new ManualClock();
        await using var log = new StringWriter();
        await using var mesh = new TestMesh();
        await mesh.AddAsync("reviews", "v1");
        await mesh.StartAsync(configure: options => options with { OpenFiles = files, Time = clock, AccessLog = log });
        using var client = mesh.GatewayClient();
        client.DefaultRequestVersion = Version.Parse(version);
        var asking = client.GetAsync(new Uri("http://shop/"));
        await PassTimeoutAsync(clock);

        using var refused = await asking;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Equal("envoy overloaded", await refused.Content.ReadAsStringAsync());
        await Eventually.HoldsAsync(() => log.ToString().Contains(" 503 OM overload ", StringComparison.Ordinal), "a line with OM");
        await using var metrics = new StringWriter();
        mesh.Server.WriteMetrics(metrics);
        Assert.Contains("\nenvoy_listener_downstream_cx_overload_reject 1\n", metrics.ToString(), StringComparison.Ordinal);

        // Files are free again, for a client that does not hold the connection that ends.
        files.Open = 0;
        using var another = mesh.GatewayClient();
        using var next = await another.GetAsync(new Uri("http://shop/"));
        Assert.Equal(HttpStatusCode.NotFound, next.StatusCode);
    }

    [Fact]
    public async Task Request_FilesAreScarce_CallsOfPodsGoOn()
    {
        await using var mesh = new TestMesh();
        await mesh.AddAsync("reviews", "v1");
        await mesh.StartAsync(configure: options => options with { OpenFiles = new ScarceFiles(500) });

        using var answer = await mesh.Client().GetAsync(new Uri("http://reviews:9080/"));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task CloseIdleConnections_AfterARequest_TheNextOpensAnother()
    {
        await using var mesh = new TestMesh();
        var pod = await mesh.AddAsync("reviews", "v1");
        await mesh.StartAsync();
        using var client = mesh.Client();
        using var first = await client.GetAsync(new Uri("http://reviews:9080/"));
        await Eventually.HoldsAsync(
            () =>
            {
                mesh.Server.CloseIdleConnections();
                return pod.OpenConnections == 0;
            },
            "the pod's connection is closed");

        using var second = await client.GetAsync(new Uri("http://reviews:9080/"));

        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
        Assert.Equal(2, pod.Connections);
    }

    private static async Task PassTimeoutAsync(ManualClock clock)
    {
        await clock.WaitForTimerAsync(ConnectionAdmission.Pause);
        clock.Advance(ConnectionAdmission.Timeout);
    }
}
