using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using Bookinfo.Tests.Proxy.Support;
using Microsoft.Extensions.Logging;

namespace Bookinfo.Tests.Proxy.Wire;

public sealed class TelemetryTests
{
    [Fact]
    public async Task WriteMetrics_AfterARequest_IstiosNamesAndLabels()
    {
        await using var mesh = new TestMesh();
        await mesh.AddAsync("reviews", "v1");
        await mesh.StartAsync();
        await mesh.Client().GetStringAsync("http://reviews:9080/");
        mesh.Entry("reviews", "v1");
        using var text = new StringWriter();
        mesh.Server.WriteMetrics(text);

        const string Labels =
            "reporter=\"source\","
            + "source_workload=\"productpage-v1\",source_workload_namespace=\"default\",source_principal=\"unknown\",source_app=\"productpage\",source_version=\"v1\","
            + "source_canonical_service=\"productpage\",source_canonical_revision=\"v1\",source_cluster=\"Kubernetes\","
            + "destination_workload=\"reviews-v1\",destination_workload_namespace=\"default\",destination_principal=\"unknown\","
            + "destination_app=\"reviews\",destination_version=\"v1\","
            + "destination_canonical_service=\"reviews\",destination_canonical_revision=\"v1\",destination_cluster=\"Kubernetes\","
            + "destination_service=\"reviews.default.svc.cluster.local\",destination_service_name=\"reviews\",destination_service_namespace=\"default\","
            + "request_protocol=\"http\",response_code=\"200\",grpc_response_status=\"\",response_flags=\"-\",connection_security_policy=\"unknown\"";
        Assert.Contains($"istio_requests_total{{{Labels}}} 1\n", text.ToString(), StringComparison.Ordinal);
        Assert.Contains($"istio_request_duration_milliseconds_count{{{Labels}}} 1\n", text.ToString(), StringComparison.Ordinal);
        Assert.Contains($"istio_response_bytes_sum{{{Labels}}} {"reviews-v1-0".Length}\n", text.ToString(), StringComparison.Ordinal);
        Assert.Contains($"istio_request_bytes_bucket{{{Labels},le=\"+Inf\"}} 1\n", text.ToString(), StringComparison.Ordinal);
    }

    /// <summary>
    /// What the panels of Istio's dashboards ask for (<c>manifests/addons/dashboards/istio-workload-dashboard.json</c>, "Incoming Requests
    /// by Source And Response Code"): without mTLS it is the series of the pods' side.
    /// </summary>
    [Fact]
    public async Task WriteMetrics_QueryOfIstiosWorkloadDashboard_HasEachAttemptThatReachedThePod()
    {
        var answers = 0;
        await using var mesh = new TestMesh();
        await mesh.AddAsync("reviews", "v1", context =>
        {
            context.Response.StatusCode = Interlocked.Increment(ref answers) == 1 ? 503 : 200;
            return Task.CompletedTask;
        });
        await mesh.AddAsync("copies", "v1");
        await mesh.StartAsync("""
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: reviews}
            spec:
              hosts: [reviews]
              http:
              - retries: {attempts: 1, retryOn: 5xx}
                mirror: {host: copies}
                route: [{destination: {host: reviews}}]
            """);
        await mesh.Client().GetAsync("http://reviews:9080/");

        string[] source = ["reporter=\"source\""];
        string[] pods = ["reporter=\"destination\"", "connection_security_policy=\"none\"", "destination_workload_namespace=\"default\""];
        await Until.HoldsAsync(() => Sum(mesh, [.. pods, "destination_workload=\"copies-v1\"", "response_code=\"200\""]) == 1,
            "the copy is not counted by its pod");
        mesh.Entry("reviews", "v1");
        await Until.HoldsAsync(() => Sum(mesh, pods) == 3, "not every attempt is counted by its pod");
        Assert.Equal(1, Sum(mesh,
            [.. pods, "destination_workload=\"reviews-v1\"", "response_code=\"503\"", "source_workload=\"productpage-v1\""]));
        Assert.Equal(1, Sum(mesh,
            [.. pods, "destination_workload=\"reviews-v1\"", "response_code=\"200\"", "source_workload=\"productpage-v1\""]));
        Assert.Equal(1, Sum(mesh, [.. source, "destination_workload=\"reviews-v1\""]));
        Assert.Equal(0, Sum(mesh, [.. source, "destination_workload=\"copies-v1\""]));
    }

    [Fact]
    public async Task WriteMetrics_NoConnectionToThePod_OnlyTheCallersSideCounts()
    {
        await using var mesh = new TestMesh();
        mesh.AddPod("reviews", "v1", "reviews-v1-0", new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 1));
        await mesh.StartAsync();
        await mesh.Client().GetAsync("http://reviews:9080/");

        mesh.Entry("reviews", "v1");
        Assert.Equal(1, Sum(mesh, ["reporter=\"source\"", "response_code=\"503\""]));
        Assert.Equal(0, Sum(mesh, ["reporter=\"destination\""]));
    }

    /// <summary>The sum of <c>istio_requests_total</c> over the series with all of these labels.</summary>
    private static long Sum(TestMesh mesh, string[] labels)
    {
        using var text = new StringWriter();
        mesh.Server.WriteMetrics(text);
        return text.ToString().Split('\n')
            .Where(line => line.StartsWith("istio_requests_total{", StringComparison.Ordinal)
                && labels.All(label => line.Contains(label, StringComparison.Ordinal)))
            .Sum(line => long.Parse(line[(line.LastIndexOf(' ') + 1)..], System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task AccessLog_Asked_OneLineInEnvoysFormat()
    {
        await using var mesh = new TestMesh();
        await mesh.AddAsync("reviews", "v1");
        using var log = new StringWriter();
        await mesh.StartAsync("", options => options with { AccessLog = log });
        await mesh.Client().GetStringAsync("http://reviews:9080/x?y=z");
        SpinWait.SpinUntil(() => log.ToString().Length > 0, 10_000);

        Assert.Matches(
            "^\\[\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z\\] \"GET /x\\?y=z HTTP/1\\.1\" 200 - via_upstream - \"-\" 0 12 \\d+ \\d+ \"-\" \"-\" \"[0-9a-f-]{36}\" "
            + "\"reviews:9080\" \"127\\.0\\.0\\.1:\\d+\" outbound\\|9080\\|\\|reviews\\.default\\.svc\\.cluster\\.local - 127\\.0\\.0\\.1:\\d+ 127\\.0\\.0\\.1:\\d+ - default\\s+$",
            log.ToString());
    }

    [Fact]
    public async Task Since_EarlierSnapshot_OnlyWhatCameAfter()
    {
        await using var mesh = new TestMesh();
        await mesh.AddAsync("reviews", "v1");
        await mesh.StartAsync();
        var client = mesh.Client();
        await client.GetStringAsync("http://reviews:9080/");
        mesh.Entry("reviews", "v1");
        var before = mesh.Server.Traffic();
        Assert.Empty(mesh.Server.Traffic().Since(before).Entries);
        await client.GetStringAsync("http://reviews:9080/");
        await client.GetStringAsync("http://reviews:9080/");
        SpinWait.SpinUntil(() => mesh.Entry("reviews", "v1").Requests == 3, 10_000);

        var entry = Assert.Single(mesh.Server.Traffic().Since(before).Entries);
        Assert.Equal(2, entry.Requests);
        Assert.Equal(1.0, entry.Share);
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
        SpinWait.SpinUntil(() => spans.Count == 1, 10_000);

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
        SpinWait.SpinUntil(() => log.Entries.Count(IsOurs) == 3, 10_000);

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
    public async Task Meter_SomebodyListens_CountsUnderIstiosNames()
    {
        await using var mesh = new TestMesh();
        await mesh.AddAsync("metered", "v1");
        var counted = new ConcurrentDictionary<string, object?[]>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == "Bookinfo.Mesh.Proxy")
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, labels, _) => Keep(instrument.Name, value, labels));
        listener.SetMeasurementEventCallback<double>((instrument, value, labels, _) => Keep(instrument.Name, value, labels));
        listener.Start();
        await mesh.StartAsync();

        await mesh.Client().GetStringAsync("http://metered:9080/");
        SpinWait.SpinUntil(() => counted.Count == 4, 10_000);

        Assert.Equal([1L, "productpage-v1", "metered-v1", "200", "-"], counted["istio_requests_total"]);
        Assert.Equal((long)"metered-v1-0".Length, counted["istio_response_bytes"][0]);
        Assert.Equal(0L, counted["istio_request_bytes"][0]);
        Assert.IsType<double>(counted["istio_request_duration_milliseconds"][0]);

        void Keep(string name, object value, ReadOnlySpan<KeyValuePair<string, object?>> labels)
        {
            var known = labels.ToArray().ToDictionary();
            if ((string?)known["destination_service_name"] == "metered")
            {
                counted[name] = [value, known["source_workload"], known["destination_workload"], known["response_code"],
                    known["response_flags"]];
            }
        }
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
        SpinWait.SpinUntil(() => spans.Any(IsOurs), 10_000);

        var span = Assert.Single(spans, IsOurs);
        Assert.Equal((ActivityKind.Server, "GET everything"), (span.Kind, span.DisplayName));

        static bool IsOurs(Activity span) => span.GetTagItem("destination_workload") is "traced-v1";
    }
}
