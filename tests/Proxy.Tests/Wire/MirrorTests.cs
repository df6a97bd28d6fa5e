using System.Net;
using Bookinfo.Tests.Proxy.Support;
using Bookinfo.Tests.Support;

namespace Bookinfo.Tests.Proxy.Wire;

/// <summary>
/// Copies are requests like others: they count against the destination's limits, and their balancing is not the caller's business.
/// </summary>
public sealed class MirrorTests
{
    [Fact]
    public async Task Mirror_DestinationHasALimit_CopiesBeyondItAreDropped()
    {
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var mesh = new TestMesh();
        await mesh.AddAsync("reviews", "v1");
        var shadow = await mesh.AddAsync("ratings", "v1", _ => goOn.Task);
        await mesh.StartAsync("""
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: reviews}
            spec: {hosts: [reviews], http: [{mirror: {host: ratings}, route: [{destination: {host: reviews}}]}]}
            ---
            apiVersion: networking.istio.io/v1
            kind: DestinationRule
            metadata: {name: ratings}
            spec: {host: ratings, trafficPolicy: {connectionPool: {http: {http2MaxRequests: 3}}}}
            """);
        var client = mesh.Client();
        for (var i = 0; i < 20; i++)
        {
            await client.GetAsync("http://reviews:9080/");
        }

        await Eventually.UntilAsync(() => shadow.Requests >= 3, "The copies did not reach the pod.");
        using var direct = await client.GetAsync("http://ratings:9080/");

        // The copies hold all places, so that a request of a caller finds none.
        Assert.Equal(HttpStatusCode.ServiceUnavailable, direct.StatusCode);
        Assert.Equal(3, shadow.Requests);
        goOn.SetResult();
    }

    [Fact]
    public async Task Mirror_BalancedByCookie_CallerGetsNoCookie()
    {
        await using var mesh = new TestMesh();
        await mesh.AddAsync("reviews", "v1");
        await mesh.AddAsync("ratings", "v1");
        await mesh.StartAsync("""
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: reviews}
            spec: {hosts: [reviews], http: [{mirror: {host: ratings}, route: [{destination: {host: reviews}}]}]}
            ---
            apiVersion: networking.istio.io/v1
            kind: DestinationRule
            metadata: {name: ratings}
            spec: {host: ratings, trafficPolicy: {loadBalancer: {consistentHash: {httpCookie: {name: seen, ttl: 60s}}}}}
            """);

        using var response = await mesh.Client().GetAsync("http://reviews:9080/");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.False(response.Headers.Contains("Set-Cookie"));
    }
}
