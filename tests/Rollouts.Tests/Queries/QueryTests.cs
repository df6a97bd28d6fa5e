using Bookinfo.Mesh.Rollouts.Queries;

namespace Bookinfo.Tests.Rollouts.Queries;

public sealed class QueryTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Two counters, read every 10 s for a minute: 5 and 1 requests a second, and one that began anew after 30 s.</summary>
    private static SampleStore Samples()
    {
        var samples = new SampleStore();
        var good = samples.Series("istio_requests_total", Labels("v1", "200"));
        var bad = samples.Series("istio_requests_total", Labels("v1", "503"));
        var anew = samples.Series("istio_requests_total", Labels("v2", "200"));
        for (var at = 0; at <= 60; at += 10)
        {
            good.Append(Start.AddSeconds(at), at * 5);
            bad.Append(Start.AddSeconds(at), at);
            anew.Append(Start.AddSeconds(at), at < 30 ? 100 + at : at - 30);
        }

        return samples;
    }

    // The last three rows: of the samples at 20 to 60 s within (10 s, 60 s], the rise of 40 s is extrapolated to 50 s (promql/functions.go:
    // extrapolatedRate). The counter that began anew rose by 30 since.
    [Theory]
    [InlineData("sum(rate(istio_requests_total{destination_version=\"v1\"}[1m]))", 6.0)]
    [InlineData("sum(rate(istio_requests_total{destination_version='v1',response_code!~\"5..\"}[1m])) "
        + "/ sum(rate(istio_requests_total{destination_version='v1'}[1m]))", 0.8333333333333334)]
    [InlineData("sum by (response_code) (irate(istio_requests_total{destination_version=\"v1\",response_code=~\"5.*\"}[1m]))", 1.0)]
    [InlineData("istio_requests_total{response_code=\"503\"} * 2 - 20", 100.0)]
    [InlineData("scalar(sum(istio_requests_total{destination_version=\"v1\"}))", 360.0)]
    [InlineData("sum(rate(istio_requests_total{destination_version=\"v9\"}[1m])) or vector(0)", 0.0)]
    [InlineData("(sum(rate(istio_requests_total{destination_version=\"v9\"}[1m])) or vector(0)) "
        + "/ sum(rate(istio_requests_total{destination_version=\"v1\"}[1m]))", 0.0)]
    [InlineData("1 + 2 * 3 - (4 / 2)", 5.0)]
    [InlineData("sum(increase(istio_requests_total{response_code=\"503\"}[50s]))", 50.0)]
    [InlineData("sum(increase(istio_requests_total{destination_version=\"v2\"}[50s]))", 37.5)]
    [InlineData("sum(rate(istio_requests_total{response_code=\"503\"}[50s])) * 100", 100.0)]
    public void Ask_AsPrometheusAnswers(string query, double expected)
    {
        var answer = Query.Parse(query).Ask(Samples(), Start.AddSeconds(60));
        Assert.Equal(expected, answer.Scalar ?? Assert.Single(answer.Vector), 1e-9);
    }

    [Fact]
    public void Ask_NoSamples_EmptyVectorAndNoRequests()
    {
        var answer = Query.Parse("sum(rate(istio_requests_total{destination_version=\"v9\"}[1m]))").Ask(Samples(), Start.AddSeconds(60));
        Assert.Empty(answer.Vector);
        Assert.Equal(("[]", 0.0), (answer.Text, answer.Requests));
    }

    [Fact]
    public void Ask_Requests_ThoseOfTheWidestPart() => Assert.Equal(300, Query.Parse(
        "sum(rate(istio_requests_total{destination_version='v1',response_code=~\"5..\"}[1m])) "
        + "/ sum(rate(istio_requests_total{destination_version='v1'}[1m]))")
        .Ask(Samples(), Start.AddSeconds(60)).Requests);

    [Fact]
    public void Ask_Requests_CountedByBothSides_AreCountedOnce()
    {
        var samples = new SampleStore();
        foreach (var reporter in new[] { "source", "destination" })
        {
            var series = samples.Series("istio_requests_total", new Dictionary<string, string> { ["reporter"] = reporter });
            series.Append(Start, 0);
            series.Append(Start.AddSeconds(10), 7);
        }

        Assert.Equal(7, Query.Parse("sum(rate(istio_requests_total[1m]))").Ask(samples, Start.AddSeconds(10)).Requests);
    }

    // promql/quantile.go: BucketQuantile, by hand: 90 of 100 in up to 10 ms, 9 up to 25 ms, 1 above.
    [Theory]
    [InlineData(0.5, 5.555555555555555)]
    [InlineData(0.95, 18.333333333333332)]
    [InlineData(0.999, 25.0)]
    public void Ask_HistogramQuantile_LinearWithinTheBucket(double quantile, double expected)
    {
        var samples = new SampleStore();
        foreach (var (bound, count) in new[] { ("10", 90), ("25", 99), ("+Inf", 100) })
        {
            var series = samples.Series("istio_request_duration_milliseconds_bucket", new Dictionary<string, string>(Labels("v1",
                "200"))
            { ["le"] = bound });
            series.Append(Start, 0);
            series.Append(Start.AddSeconds(60), count);
        }

        var query = string.Create(System.Globalization.CultureInfo.InvariantCulture,
            $"histogram_quantile({quantile}, sum by (le) (increase(istio_request_duration_milliseconds_bucket[2m])))");
        Assert.Equal(expected, Assert.Single(Query.Parse(query).Ask(samples, Start.AddSeconds(60)).Vector), 1e-9);
    }

    [Theory]
    [InlineData("", "the query is empty")]
    [InlineData("avg(istio_requests_total)", "the function avg at column 1 is not answered here")]
    [InlineData("sum(rate(istio_requests_total))", "rate at column 5 needs a range")]
    [InlineData("istio_requests_total[1m]", "the range at column 1 needs a function around it")]
    [InlineData("sum(rate(istio_requests_total{app=\"reviews\"}[1m]))", "istio_requests_total has no label app")]
    [InlineData("sum(rate(istio_requests_total{response_code=~\"(\"}[1m]))", "the expression at column")]
    [InlineData("sum(rate(istio_requests_total[1m] offset 5m))", "offset at column 35 is not answered here")]
    [InlineData("sum(rate(istio_requests_total[1m:10s]))", "the subquery")]
    [InlineData("sum without (le) (istio_requests_total)", "without at column 5")]
    [InlineData("sum(rate(istio_requests_total[1m]))) ", "\")\" at column 36 is not answered here")]
    [InlineData("sum(rate(istio_requests_total[1y]))", "is not a range up to one day")]
    [InlineData("istio_requests_total{response_code=\"200\"", "ends too early")]
    [InlineData("sum(istio_requests_total) > 1", "\">\" at column 27 is not answered here")]
    public void Parse_WhatIsNotAnswered_RefusedWithTheReason(string query, string reason) =>
        Assert.Contains(reason, Assert.Throws<QueryException>(() => Query.Parse(query)).Message, StringComparison.Ordinal);

    [Fact]
    public void Parse_NestedWithoutEnd_RefusedBeforeTheStackEnds() =>
        Assert.Throws<QueryException>(() => Query.Parse(new string('(', 8000)));

    private static Dictionary<string, string> Labels(string version, string code) => new()
    {
        ["reporter"] = "destination",
        ["destination_version"] = version,
        ["response_code"] = code,
    };
}
