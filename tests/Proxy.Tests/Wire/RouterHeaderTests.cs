using System.Net;
using Bookinfo.Tests.Proxy.Support;
using Microsoft.AspNetCore.Http;

namespace Bookinfo.Tests.Proxy.Wire;

/// <summary>
/// The headers that the router writes for a pod, and those by which a rule steers the router (<c>source/common/router/router.cc:
/// decodeHeaders, finalTimeout, setTimeoutHeaders</c>; <c>retry_state_impl.cc</c>; <c>config_impl.cc: finalizeRequestHeaders</c> of
/// envoyproxy/envoy).
/// </summary>
public sealed class RouterHeaderTests
{
    private static async Task<TestMesh> StartAsync(string fields, RequestDelegate? handler = null)
    {
        var mesh = new TestMesh();
        await mesh.AddAsync("reviews", "v1", handler ?? EchoAsync);
        await mesh.StartAsync("""
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: reviews}
            spec:
              hosts: [reviews]
              http:
              - {route: [{destination: {host: reviews}}], FIELDS}
            """.Replace("FIELDS", fields, StringComparison.Ordinal));
        return mesh;
    }

    private static Task EchoAsync(HttpContext context) => context.Response.WriteAsync(string.Join('\n',
        context.Request.Headers.Where(header => header.Key.StartsWith("x-envoy-", StringComparison.OrdinalIgnoreCase))
            .Select(header => $"{header.Key.ToLowerInvariant()}: {header.Value}").Order(StringComparer.Ordinal)));

    [Theory]
    [InlineData("name: plain", "x-envoy-attempt-count: 1")]
    [InlineData("timeout: 1500ms", "x-envoy-attempt-count: 1\nx-envoy-expected-rq-timeout-ms: 1500")]

    // The shorter of the two; an attempt's time that is not shorter does not count.
    [InlineData("timeout: 3s, retries: {attempts: 1, perTryTimeout: 2s}",
        "x-envoy-attempt-count: 1\nx-envoy-expected-rq-timeout-ms: 2000")]
    [InlineData("timeout: 2s, retries: {attempts: 1, perTryTimeout: 3s}",
        "x-envoy-attempt-count: 1\nx-envoy-expected-rq-timeout-ms: 2000")]
    [InlineData("retries: {attempts: 1, perTryTimeout: 3s}", "x-envoy-attempt-count: 1\nx-envoy-expected-rq-timeout-ms: 3000")]
    [InlineData("rewrite: {uri: /new}", "x-envoy-attempt-count: 1\nx-envoy-original-path: /reviews?a=b")]
    [InlineData("rewrite: {authority: other}", "x-envoy-attempt-count: 1\nx-envoy-original-host: reviews:9080")]

    // A rule's operations come after, so that it has the last word, but the times are settled by then.
    [InlineData("headers: {request: {set: {x-envoy-attempt-count: '9', x-envoy-upstream-rq-timeout-ms: '5'}}}",
        "x-envoy-attempt-count: 9\nx-envoy-upstream-rq-timeout-ms: 5")]
    [InlineData("timeout: 1s, headers: {request: {remove: [x-envoy-expected-rq-timeout-ms, x-envoy-attempt-count]}}", "")]
    [InlineData("rewrite: {uri: /new}, headers: {request: {set: {x-envoy-original-path: /mine}}}",
        "x-envoy-attempt-count: 1\nx-envoy-original-path: /reviews?a=b")]

    // Those that steer retries end at the router.
    [InlineData("headers: {request: {set: {x-envoy-retry-on: 5xx, x-envoy-retry-grpc-on: internal, x-envoy-max-retries: '5', "
        + "x-envoy-retriable-status-codes: '404', x-envoy-retriable-header-names: a, x-envoy-hedge-on-per-try-timeout: 'true', "
        + "x-envoy-upstream-rq-per-try-timeout-ms: '9'}}}", "x-envoy-attempt-count: 1")]
    public async Task Request_ByARule_PodSees(string fields, string expected)
    {
        await using var mesh = await StartAsync(fields);

        var seen = await mesh.Client().GetStringAsync(new Uri("http://reviews:9080/reviews?a=b"), TestContext.Current.CancellationToken);

        Assert.Equal(expected, seen);
    }

    [Theory]
    [InlineData("{attempts: 0}", "x-envoy-retry-on: 5xx", 500, 2)]
    [InlineData("{attempts: 0}", "x-envoy-retry-on: '5xx,nonsense', x-envoy-max-retries: '3'", 500, 4)]
    [InlineData("{attempts: 0}", "x-envoy-max-retries: '3'", 500, 1)]
    [InlineData("{attempts: 0}", "x-envoy-retry-grpc-on: 5xx", 500, 1)]
    [InlineData("{attempts: 1, retryOn: 5xx}", "x-envoy-max-retries: '2'", 500, 3)]
    [InlineData("{attempts: 1, retryOn: 5xx}", "x-envoy-retry-on: retriable-4xx", 409, 2)]
    [InlineData("{attempts: 2, retryOn: 5xx}", "x-envoy-max-retries: '0'", 500, 1)]
    [InlineData("{attempts: 1, retryOn: retriable-status-codes}", "x-envoy-retriable-status-codes: '404, 410'", 410, 2)]
    public async Task Retries_SetByARulesHeaders_AreMade(string retries, string headers, int status, int attempts)
    {
        var counts = new List<string>();
        await using var mesh = await StartAsync($"retries: {retries}, headers: {{request: {{set: {{{headers}}}}}}}", context =>
        {
            counts.Add(context.Request.Headers["x-envoy-attempt-count"].ToString());
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        });

        using var answer = await mesh.Client().GetAsync(new Uri("http://reviews:9080/"), TestContext.Current.CancellationToken);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(Enumerable.Range(1, attempts).Select(count => $"{count}"), counts);
    }

    [Fact]
    public async Task Headers_OfACaller_SteerNothing()
    {
        var requests = 0;
        await using var mesh = await StartAsync("retries: {attempts: 0}", context =>
        {
            requests++;
            context.Response.StatusCode = 500;
            return Task.CompletedTask;
        });
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://reviews:9080/")
        {
            Headers = { { "x-envoy-retry-on", "5xx" }, { "x-envoy-max-retries", "3" } },
        };

        using var answer = await mesh.Client().SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Equal(1, requests);
    }

    [Fact]
    public async Task Grpc_RouteWithATime_PodIsToldItInGrpcsWords()
    {
        await using var mesh = await StartAsync("timeout: 2s", context =>
            context.Response.WriteAsync(context.Request.Headers["grpc-timeout"].ToString()));
        using var request = new HttpRequestMessage(HttpMethod.Post, "http://reviews:9080/a/b") { Content = new ByteArrayContent([]) };
        request.Content.Headers.TryAddWithoutValidation("content-type", "application/grpc");
        request.Headers.TryAddWithoutValidation("grpc-timeout", "5S");

        using var answer = await mesh.Client().SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal("2000m", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
