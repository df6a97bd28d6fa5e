using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Bookinfo.Tests.Proxy.Support;
using Bookinfo.Tests.Support;
using Microsoft.Extensions.Logging;

namespace Bookinfo.Tests.Proxy.Wire;

/// <summary>What the mesh tells of each request: access log, spans and log records.</summary>
public sealed class TelemetryTests
{
    [Fact]
    public async Task AccessLog_Asked_OneLineInEnvoysFormat()
    {
        await using var mesh = new TestMesh();
        await mesh.AddAsync("reviews", "v1");
        using var log = new StringWriter();
        await mesh.StartAsync("", options => options with { AccessLog = log });
        await mesh.Client().GetStringAsync("http://reviews:9080/x?y=z");
        await Eventually.HoldsAsync(() => log.ToString().Length > 0, "the access log has a line");

        Assert.Matches(
            "^\\[\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z\\] \"GET /x\\?y=z HTTP/1\\.1\" 200 - "
                + "via_upstream - \"-\" 0 12 \\d+ \\d+ \"-\" \"-\" \"[0-9a-f-]{36}\" "
            + "\"reviews:9080\" \"127\\.0\\.0\\.1:\\d+\" outbound\\|9080\\|\\|reviews\\.default\\.svc\\.cluster\\.local - "
                + "127\\.0\\.0\\.1:\\d+ 127\\.0\\.0\\.1:\\d+ - default\\s+$",
            log.ToString());
    }

    [Fact]
    public async Task Tracing_SomebodyListens_DestinationIsTheHopsChild()
    {
        await using var mesh = new TestMesh();
        string? seen = null;
        await mesh.AddAsync("reviews", "v1", context =>
        {
            seen = context.Request.Headers.TraceParent;
            return Task.CompletedTask;
        });
        await mesh.StartAsync();
        const string TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        var client = mesh.Client();
        client.DefaultRequestHeaders.Add("traceparent", TraceParent);
        await client.GetStringAsync("http://reviews:9080/");
        Assert.Equal(TraceParent, seen);

        var spans = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Bookinfo.Mesh.Proxy",
            Sample = (ref ActivityCreationOptions<ActivityContext> options) =>
                options.Parent.TraceId.ToHexString() == "0af7651916cd43dd8448eb211c80319c" ? ActivitySamplingResult.AllDataAndRecorded
                    : ActivitySamplingResult.None,
            ActivityStopped = span =>
            {
                lock (spans)
                {
                    spans.Add(span);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        await client.GetStringAsync("http://reviews:9080/");
        await Eventually.HoldsAsync(() => spans.Count == 1, "the span has ended");

        var span = Assert.Single(spans);
        Assert.Equal(span.Id, seen);
        Assert.Equal("b7ad6b7169203331", span.ParentSpanId.ToHexString());
        Assert.Equal("reviews-v1", span.GetTagItem("destination_workload"));
        Assert.Equal((ActivityKind.Client, "GET reviews"), (span.Kind, span.DisplayName));
    }

    [Fact]
    public async Task Logging_FailuresRetriesAndAnEjection_AreRecordsWithNames()
    {
        await using var mesh = new TestMesh();
        await mesh.AddAsync("reviews", "v1", context =>
        {
            context.Response.StatusCode = 503;
            return Task.CompletedTask;
        });
        using var log = new RecordedLog(LogLevel.Information);
        const string Rules = """
            apiVersion: networking.istio.io/v1
            kind: DestinationRule
            metadata:
              name: reviews
            spec:
              host: reviews
              trafficPolicy:
                outlierDetection: { consecutive5xxErrors: 2, interval: 1s, baseEjectionTime: 1m, maxEjectionPercent: 100 }
            ---
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata:
              name: reviews
            spec:
              hosts: [reviews]
              http:
              - retries: { attempts: 1, retryOn: 5xx }
                route:
                - destination: { host: reviews }
            """;
        await mesh.StartAsync(Rules, options => options with { Logging = log });

        using var answer = await mesh.Client().GetAsync("http://reviews:9080/x");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        await Eventually.HoldsAsync(() => log.Entries.Count(IsOurs) == 3, "there are three records");

        const string Cluster = "outbound|9080||reviews.default.svc.cluster.local";
        Assert.Collection(
            log.Entries.Where(IsOurs).Select(entry => entry.Message),
            retry => Assert.Equal($"Attempt 1 at {Cluster} by reviews-v1-0 for productpage-v1-0 failed (an answer to retry on). Retrying.",
                retry),
            ejection => Assert.StartsWith($"reviews-v1-0 is ejected from {Cluster} for productpage-v1-0 until ", ejection,
                StringComparison.Ordinal),
            request => Assert.StartsWith(
                "productpage-v1-0: GET reviews:9080/x 503 URX via_upstream, upstream reviews-v1-0, attempts 2, ", request,
                    StringComparison.Ordinal));

        static bool IsOurs((string Message, Exception? Exception) entry) =>
            entry.Message.Contains("productpage-v1-0", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tracing_GatewayAndNamedRoute_IsAServersSpanWithTheRoutesName()
    {
        await using var mesh = new TestMesh();
        await mesh.AddAsync("traced", "v1");
        const string Rules = """
            apiVersion: networking.istio.io/v1
            kind: Gateway
            metadata:
              name: front
            spec:
              selector: { istio: ingressgateway }
              servers:
              - port: { number: 80, name: http, protocol: HTTP }
                hosts: ["*"]
            ---
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata:
              name: traced
            spec:
              hosts: ["*"]
              gateways: [front]
              http:
              - name: everything
                route:
                - destination: { host: traced }
            """;
        await mesh.StartAsync(Rules);
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Bookinfo.Mesh.Proxy",
            Sample = (ref ActivityCreationOptions<ActivityContext> options) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);

        await mesh.GatewayClient().GetStringAsync("http://somewhere/");
        await Eventually.HoldsAsync(() => spans.Any(IsOurs), "the span has ended");

        var span = Assert.Single(spans, IsOurs);
        Assert.Equal((ActivityKind.Server, "GET everything"), (span.Kind, span.DisplayName));

        static bool IsOurs(Activity span) => span.GetTagItem("destination_workload") is "traced-v1";
    }
}
