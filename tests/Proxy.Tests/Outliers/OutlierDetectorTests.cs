using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Proxy.Endpoints;
using Bookinfo.Mesh.Proxy.Outliers;
using Bookinfo.Tests.Proxy.Support;
using Microsoft.Extensions.Time.Testing;

namespace Bookinfo.Tests.Proxy.Outliers;

public sealed class OutlierDetectorTests
{
    private readonly FakeTimeProvider _time = new();

    private OutlierDetector Detector(UpstreamHost[] hosts, OutlierDetection rule) =>
        new(new OutlierSettings(rule), hosts, _time.GetUtcNow(), _time);

    private static OutlierDetection Rule(int errors = 5) => new() { Consecutive5xxErrors = errors, MaxEjectionPercent = 100 };

    private bool IsEjected(UpstreamHost host) => host.Health.IsEjected(_time.GetUtcNow());

    [Fact]
    public void Answered_FiveErrorsInARow_EjectedAtOnce()
    {
        var hosts = Hosts.Make(2);
        var detector = Detector(hosts, Rule());
        for (var i = 0; i < 4; i++)
        {
            detector.Answered(hosts[0], 500);
        }

        Assert.False(IsEjected(hosts[0]));
        detector.Answered(hosts[0], 503);
        Assert.True(IsEjected(hosts[0]));
        Assert.Equal([hosts[1]], detector.Healthy(_time.GetUtcNow()).Hosts);
    }

    [Fact]
    public void Answered_SuccessBetween_CountsAnew()
    {
        var hosts = Hosts.Make(2);
        var detector = Detector(hosts, Rule(2));
        detector.Answered(hosts[0], 500);
        detector.Answered(hosts[0], 404);
        detector.Answered(hosts[0], 500);

        Assert.False(IsEjected(hosts[0]));
    }

    [Fact]
    public void Failed_NoConnection_CountsAsA5xx()
    {
        var hosts = Hosts.Make(2);
        var detector = Detector(hosts, Rule(2));
        detector.Failed(hosts[0]);
        detector.Failed(hosts[0]);

        Assert.True(IsEjected(hosts[0]));
    }

    [Fact]
    public void Answered_GatewayErrors_Only502To504()
    {
        var hosts = Hosts.Make(2);
        var detector = Detector(hosts,
            new OutlierDetection { Consecutive5xxErrors = 0, ConsecutiveGatewayErrors = 2, MaxEjectionPercent = 100 });
        detector.Answered(hosts[0], 502);
        detector.Answered(hosts[0], 500);
        detector.Answered(hosts[0], 503);
        Assert.False(IsEjected(hosts[0]));
        detector.Answered(hosts[0], 504);

        Assert.True(IsEjected(hosts[0]));
    }

    [Fact]
    public void Answered_ZeroErrors_SwitchedOff()
    {
        var hosts = Hosts.Make(2);
        var detector = Detector(hosts, Rule(0));
        for (var i = 0; i < 100; i++)
        {
            detector.Answered(hosts[0], 500);
        }

        Assert.False(IsEjected(hosts[0]));
    }

    [Theory]
    [InlineData(9, 10, 0)]
    [InlineData(10, 10, 1)]
    [InlineData(4, 50, 2)]
    [InlineData(3, 100, 3)]
    public void Answered_AllBad_AtMostThePercentIsEjected(int count, int percent, int ejected)
    {
        var hosts = Hosts.Make(count);
        var detector = Detector(hosts, new OutlierDetection { Consecutive5xxErrors = 1, MaxEjectionPercent = percent });
        foreach (var host in hosts)
        {
            detector.Answered(host, 500);
        }

        Assert.Equal(ejected, hosts.Count(IsEjected));
    }

    [Fact]
    public void Ejection_Over_ReturnsOnTheNextSweep()
    {
        var hosts = Hosts.Make(2);
        var detector = Detector(hosts, Rule(1) with { Interval = TimeSpan.FromSeconds(10), BaseEjectionTime = TimeSpan.FromSeconds(30) });
        _time.Advance(TimeSpan.FromSeconds(4));
        detector.Answered(hosts[0], 500);

        // 4 s + 30 s = 34 s: the sweep after it is at 40 s.
        _time.Advance(TimeSpan.FromSeconds(35.9));
        Assert.True(IsEjected(hosts[0]));
        _time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.False(IsEjected(hosts[0]));
    }

    [Fact]
    public void Ejection_Again_LongerEachTimeUpTo300Seconds()
    {
        var hosts = Hosts.Make(2);
        var detector = Detector(hosts, Rule(1) with { Interval = TimeSpan.FromSeconds(1), BaseEjectionTime = TimeSpan.FromSeconds(200) });
        detector.Answered(hosts[0], 500);
        Assert.Equal(200, (hosts[0].Health.EjectedUntil - _time.GetUtcNow().UtcTicks) / TimeSpan.TicksPerSecond);
        _time.Advance(TimeSpan.FromSeconds(200));
        detector.Answered(hosts[0], 500);

        Assert.Equal(300, (hosts[0].Health.EjectedUntil - _time.GetUtcNow().UtcTicks) / TimeSpan.TicksPerSecond);
    }

    [Fact]
    public void Ejection_AfterHealthySweeps_ShorterAgain()
    {
        var hosts = Hosts.Make(2);
        var detector = Detector(hosts, Rule(1) with { Interval = TimeSpan.FromSeconds(10), BaseEjectionTime = TimeSpan.FromSeconds(30) });
        detector.Answered(hosts[0], 500);
        _time.Advance(TimeSpan.FromSeconds(30 + 10));
        detector.Answered(hosts[0], 500);

        Assert.Equal(1, hosts[0].Health.Multiplier);
        Assert.Equal(2, hosts[0].Health.Ejections);
    }

    [Fact]
    public void Healthy_AllEjected_NoneUnlessTooFewAreLeft()
    {
        var hosts = Hosts.Make(2);
        var detector = Detector(hosts, Rule(1));
        var panicking = Detector(hosts, Rule(1) with { MinHealthPercent = 50 });
        Array.ForEach(hosts, host => detector.Answered(host, 500));

        Assert.Empty(detector.Healthy(_time.GetUtcNow()).Hosts);
        Assert.Equal(hosts, panicking.Healthy(_time.GetUtcNow()).Hosts);
    }

    [Fact]
    public void Failed_CountedApart_OnItsOwnAccount()
    {
        var hosts = Hosts.Make(2);
        var detector = Detector(hosts, new OutlierDetection
        {
            Consecutive5xxErrors = 1,
            SplitExternalLocalOriginErrors = true,
            ConsecutiveLocalOriginFailures = 2,
            MaxEjectionPercent = 100,
        });
        detector.Failed(hosts[0]);
        Assert.False(IsEjected(hosts[0]));
        detector.Failed(hosts[0]);

        Assert.True(IsEjected(hosts[0]));
    }

    [Fact]
    public void Answered_OwnErrorCodes_InPlaceOf5xx()
    {
        var hosts = Hosts.Make(2);
        var detector = Detector(hosts, Rule(1) with { OutlierDetectionHttpErrorCodes = [429] });
        detector.Answered(hosts[0], 500);
        Assert.False(IsEjected(hosts[0]));
        detector.Answered(hosts[0], 429);

        Assert.True(IsEjected(hosts[0]));
    }
}
