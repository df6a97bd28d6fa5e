using System.Globalization;
using System.Text.RegularExpressions;
using Bookinfo.Mesh.Proxy.Model;
using Bookinfo.Tests.Conformance.Harness;
using Bookinfo.Tests.Support;

namespace Bookinfo.Tests.Conformance.Semantics;

/// <summary>Istio's metrics of what was called, as Prometheus reads them.</summary>
public sealed partial class TelemetryTests : IAsyncLifetime
{
    private EchoMesh _mesh = null!;

    public async ValueTask InitializeAsync() => _mesh = await EchoMesh.StartAsync(
        [EchoApp.Of("a"), EchoApp.Of("b"), EchoApp.Of("r"), EchoApp.Of("r", "v2")], [new MeshService("r", 9080)]);

    public ValueTask DisposeAsync() => _mesh.DisposeAsync();

    [Fact]
    public async Task RequestsTotal_OfAnAnsweredRequest_HasIstiosLabels()
    {
        _mesh.Begin(Subset("v2"));

        await _mesh.CheckAsync(new Call { Url = "http://r:9080/", Times = 3, By = "r-v2" });

        var labels = new Dictionary<string, string>
        {
            ["reporter"] = "source",
            ["source_workload"] = "a-v1",
            ["source_app"] = "a",
            ["source_version"] = "v1",
            ["source_workload_namespace"] = "default",
            ["destination_workload"] = "r-v2",
            ["destination_app"] = "r",
            ["destination_version"] = "v2",
            ["destination_workload_namespace"] = "default",
            ["destination_service"] = "r.default.svc.cluster.local",
            ["destination_service_name"] = "r",
            ["destination_service_namespace"] = "default",
            ["request_protocol"] = "http",
            ["response_code"] = "200",
            ["grpc_response_status"] = "",
            ["response_flags"] = "-",
        };
        await CountedAsync(3, labels);
        var line = Assert.Single(Lines("istio_requests_total"));
        Assert.Contains("connection_security_policy", Labels(line).Keys);
    }

    [Theory]
    [InlineData("v9", 503, "NC")]
    [InlineData("v2", 418, "FI")]
    public async Task RequestsTotal_OfAnAnswerOfTheMesh_HasItsCodeAndFlag(string subset, int code, string flag)
    {
        _mesh.Begin(Subset(subset) + (code == 418 ? "\n    fault: {abort: {percentage: {value: 100}, httpStatus: 418}}" : ""));

        await _mesh.CheckAsync(new Call { Url = "http://r:9080/", Times = 2, Status = code });

        await CountedAsync(2, new() { ["response_code"] = $"{code}", ["response_flags"] = flag, ["source_workload"] = "a-v1" });
    }

    [Fact]
    public async Task RequestsTotal_OfARetriedRequest_CountsItOnce()
    {
        _mesh.Begin(Subset("v2") + "\n    retries: {attempts: 2, retryOn: 5xx, backoff: 1ms}");
        _mesh.Pod("r-v2-0").Fail(503);

        await _mesh.CheckAsync(new Call { Url = "http://r:9080/", Status = 503 });

        await CountedAsync(1, new() { ["response_code"] = "503", ["response_flags"] = "URX" });
    }

    [Fact]
    public async Task RequestsTotal_OfTwoCallers_TellsThemApart()
    {
        _mesh.Begin(Subset("v1"));

        await _mesh.CheckAsync(new Call { Url = "http://r:9080/", Times = 2 });
        await _mesh.CheckAsync(new Call { From = "b-v1-0", Url = "http://r:9080/", Times = 5 });

        await CountedAsync(2, new() { ["source_workload"] = "a-v1", ["destination_workload"] = "r-v1" });
        await CountedAsync(5, new() { ["source_workload"] = "b-v1", ["destination_workload"] = "r-v1" });
    }

    [Fact]
    public async Task Duration_IsAHistogramWithIstiosBuckets()
    {
        _mesh.Begin(Subset("v1"));

        await _mesh.CheckAsync(new Call { Url = "http://r:9080/", Times = 4 });
        await CountedAsync(4, []);

        var buckets = Lines("istio_request_duration_milliseconds_bucket").Select(line => (Bound: Labels(line)["le"], Count: Value(line)))
            .ToList();
        Assert.Equal(
            ["0.5", "1", "5", "10", "25", "50", "100", "250", "500", "1000", "2500", "5000", "10000", "30000", "60000", "300000", "600000",
                "1800000", "3600000", "+Inf"],
            buckets.Select(bucket => bucket.Bound));
        Assert.Equal(buckets.Select(bucket => bucket.Count).Order(), buckets.Select(bucket => bucket.Count));
        Assert.Equal(4, buckets[^1].Count);
        Assert.Equal(4, Value(Assert.Single(Lines("istio_request_duration_milliseconds_count"))));
    }

    [Theory]
    [InlineData("istio_request_bytes_count")]
    [InlineData("istio_response_bytes_count")]
    public async Task Bytes_AreCountedOncePerRequest(string metric)
    {
        _mesh.Begin(Subset("v1"));

        await _mesh.CheckAsync(new Call { Url = "http://r:9080/", Method = "POST", Body = "0123456789", Times = 3 });
        await CountedAsync(3, []);

        Assert.Equal(3, Value(Assert.Single(Lines(metric))));
    }

    private static string Subset(string subset) =>
        Yaml.All(Yaml.Subsets("r", "v1", "v2"), Yaml.VirtualService("r", $"- route: [{{destination: {{host: r, subset: {subset}}}}}]"));

    /// <summary>
    /// So many requests are counted under these labels; a request is counted when it is over, which may be a moment after its caller has
    /// the answer.
    /// </summary>
    private Task CountedAsync(double requests, Dictionary<string, string> labels) => Eventually.UntilAsync(
        () => Lines("istio_requests_total").Where(line => labels.All(label => Labels(line).GetValueOrDefault(label.Key) == label.Value))
            .Sum(Value) == requests,
        $"not {requests} requests with {string.Join(", ", labels)}");

    /// <summary>The series of the callers' side.</summary>
    private IEnumerable<string> Lines(string metric)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        _mesh.Server.WriteMetrics(text);
        return text.ToString().Split('\n').Where(line => line.StartsWith(metric + "{reporter=\"source\"", StringComparison.Ordinal));
    }

    private static Dictionary<string, string> Labels(string line) =>
        Label().Matches(line).ToDictionary(match => match.Groups["name"].Value, match => match.Groups["value"].Value);

    private static double Value(string line) => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture);

    [GeneratedRegex("(?<name>[a-z_]+)=\"(?<value>[^\"]*)\"")]
    private static partial Regex Label();
}
