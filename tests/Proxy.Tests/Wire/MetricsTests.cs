using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Bookinfo.Tests.Proxy.Support;
using Bookinfo.Tests.Support;

namespace Bookinfo.Tests.Proxy.Wire;

/// <summary>What the mesh counts: Istio's metrics, as text and as instruments.</summary>
public sealed class MetricsTests
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
            + "source_workload=\"productpage-v1\",source_workload_namespace=\"default\",source_principal=\"unknown\","
            + "source_app=\"productpage\",source_version=\"v1\","
            + "source_canonical_service=\"productpage\",source_canonical_revision=\"v1\",source_cluster=\"Kubernetes\","
            + "destination_workload=\"reviews-v1\",destination_workload_namespace=\"default\",destination_principal=\"unknown\","
            + "destination_app=\"reviews\",destination_version=\"v1\","
            + "destination_canonical_service=\"reviews\",destination_canonical_revision=\"v1\",destination_cluster=\"Kubernetes\","
            + "destination_service=\"reviews.default.svc.cluster.local\",destination_service_name=\"reviews\","
            + "destination_service_namespace=\"default\","
            + "request_protocol=\"http\",response_code=\"200\",grpc_response_status=\"\",response_flags=\"-\","
                + "connection_security_policy=\"unknown\"";
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
        await Eventually.UntilAsync(() => Sum(mesh, [.. pods, "destination_workload=\"copies-v1\"", "response_code=\"200\""]) == 1,
            "the copy is not counted by its pod");
        mesh.Entry("reviews", "v1");
        await Eventually.UntilAsync(() => Sum(mesh, pods) == 3, "not every attempt is counted by its pod");
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
        await Eventually.HoldsAsync(() => mesh.Entry("reviews", "v1").Requests == 3, "three requests are counted");

        var entry = Assert.Single(mesh.Server.Traffic().Since(before).Entries);
        Assert.Equal(2, entry.Requests);
        Assert.Equal(1.0, entry.Share);
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
        await Eventually.HoldsAsync(() => counted.Count == 4, "four instruments have counted");

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
}
