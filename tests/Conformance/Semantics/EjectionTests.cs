using Bookinfo.Mesh.Proxy.Model;
using Bookinfo.Tests.Conformance.Harness;

namespace Bookinfo.Tests.Conformance.Semantics;

/// <summary>The circuit breaker: outlier detection over two pods, by a clock that the test drives.</summary>
public sealed class EjectionTests : IAsyncLifetime
{
    private readonly Clock _clock = new();
    private EchoMesh _mesh = null!;

    private EchoPod Bad => _mesh.Pod("pool-v1-0");

    private EchoPod Good => _mesh.Pod("pool-v1-1");

    public async ValueTask InitializeAsync() => _mesh = await EchoMesh.StartAsync(
        [EchoApp.Of("a"), EchoApp.Of("b"), EchoApp.Of("pool", pods: 2)], [new MeshService("pool", 9080)],
            options => options with { Time = _clock });

    public ValueTask DisposeAsync() => _mesh.DisposeAsync();

    [Fact]
    public async Task Ejection_AfterFive5xxInARow_IsImmediate()
    {
        Begin("baseEjectionTime: 30s, maxEjectionPercent: 100");
        Bad.Fail(500);

        Assert.Equal(5, await FailuresAsync(60));
    }

    [Fact]
    public async Task Ejection_OfOneOfTwoUnderTheDefaultOf10Percent_EjectsNobody()
    {
        Begin("consecutive5xxErrors: 1");
        Bad.Fail(500);

        Assert.InRange(await FailuresAsync(60), 15, 45);
    }

    [Fact]
    public async Task Ejection_ASuccessBetween_BeginsTheCountAnew()
    {
        Begin("consecutive5xxErrors: 2, maxEjectionPercent: 100");
        var turn = 0;
        Bad.Instead = (context, echo) =>
        {
            if (turn++ % 2 == 1)
            {
                return EchoPod.RespondAsync(context, echo);
            }

            context.Response.StatusCode = 500;
            return Task.CompletedTask;
        };

        Assert.InRange(await FailuresAsync(60), 8, 22);
    }

    [Fact]
    public async Task Ejection_Consecutive5xxErrorsOf0_EjectsNobody()
    {
        Begin("consecutive5xxErrors: 0, maxEjectionPercent: 100");
        Bad.Fail(500);

        Assert.InRange(await FailuresAsync(60), 15, 45);
    }

    [Fact]
    public async Task Ejection_ByGatewayErrors_LeavesA500Alone()
    {
        Begin("consecutive5xxErrors: 0, consecutiveGatewayErrors: 2, maxEjectionPercent: 100");
        Bad.Fail(500);
        Assert.InRange(await FailuresAsync(60), 15, 45);

        Bad.Fail(503);
        Assert.Equal(2, await FailuresAsync(60));
    }

    [Fact]
    public async Task Ejection_AFailureToConnect_CountsAs5xx()
    {
        Begin("consecutive5xxErrors: 2, maxEjectionPercent: 100", "retries: {attempts: 0}");
        await Bad.DisposeAsync();

        Assert.Equal(2, await FailuresAsync(60));
    }

    [Fact]
    public async Task Ejection_EndsWithTheSweepAfterItsTime_AndLastsLongerTheNextTime()
    {
        Begin("consecutive5xxErrors: 1, interval: 10s, baseEjectionTime: 30s, maxEjectionPercent: 100");
        Bad.Fail(500);
        Assert.Equal(1, await FailuresAsync(30));

        Sweep(2);
        Assert.Equal(0, await FailuresAsync(30));
        Sweep(1);
        Assert.Equal(1, await FailuresAsync(30));

        Sweep(5);
        Assert.Equal(0, await FailuresAsync(30));
        Sweep(1);
        Assert.Equal(1, await FailuresAsync(30));
    }

    [Fact]
    public async Task Ejection_AfterAnIntervalInGoodHealth_LastsItsFirstTimeAgain()
    {
        Begin("consecutive5xxErrors: 1, interval: 10s, baseEjectionTime: 30s, maxEjectionPercent: 100");
        Bad.Fail(500);
        Assert.Equal(1, await FailuresAsync(30));
        Sweep(4);
        Assert.Equal(1, await FailuresAsync(30));

        Sweep(3);

        Assert.Equal(1, await FailuresAsync(30));
    }

    [Fact]
    public async Task Ejection_OfEverybody_Is503WithUH()
    {
        Begin("consecutive5xxErrors: 1, maxEjectionPercent: 100");
        Bad.Fail(500);
        Good.Fail(500);
        await FailuresAsync(20);

        await _mesh.CheckAsync(new Call { Url = "http://pool:9080/", Status = 503, Text = "no healthy upstream", Flag = "UH" });
    }

    [Fact]
    public async Task Ejection_BelowMinHealthPercent_IsOverlooked()
    {
        Begin("consecutive5xxErrors: 1, maxEjectionPercent: 100, minHealthPercent: 60");
        Bad.Fail(500);

        Assert.InRange(await FailuresAsync(60), 15, 45);
    }

    [Fact]
    public async Task Ejection_IsTheCallersOwn()
    {
        Begin("consecutive5xxErrors: 1, maxEjectionPercent: 100");
        Bad.Fail(500);

        Assert.Equal((1, 1), (await FailuresAsync(30), await FailuresAsync(30, "b-v1-0")));
    }

    [Fact]
    public async Task Ejection_SurvivesRulesThatLeaveTheDestinationAsItIs()
    {
        const string Detection = "consecutive5xxErrors: 1, maxEjectionPercent: 100";
        Begin(Detection);
        Bad.Fail(500);
        Assert.Equal(1, await FailuresAsync(30));

        _mesh.Apply(Rules(Detection, "timeout: 5s"));
        Assert.Equal(0, await FailuresAsync(30));
    }

    private void Begin(string detection, string route = "name: pool") => _mesh.Begin(Rules(detection, route));

    private static string Rules(string detection, string route) => Yaml.All(
        Yaml.DestinationRule("pool", "trafficPolicy: {outlierDetection: {<detection>}}".Fill(("detection", detection))),
        Yaml.VirtualService("pool", $"- route: [{{destination: {{host: pool}}}}]\n  {route}"));

    /// <summary>How many of so many calls were answered with a 5xx.</summary>
    private async Task<int> FailuresAsync(int calls, string from = "a-v1-0")
    {
        var failures = 0;
        for (var call = 0; call < calls; call++)
        {
            failures += (await _mesh.SendAsync(new Call { From = from, Url = "http://pool:9080/" })).Status >= 500 ? 1 : 0;
        }

        return failures;
    }

    /// <summary>So many intervals of ten seconds pass, one by one.</summary>
    private void Sweep(int intervals)
    {
        for (var interval = 0; interval < intervals; interval++)
        {
            _clock.Advance(TimeSpan.FromSeconds(10));
        }
    }
}
