using Bookinfo.Mesh.Rollouts.Simulation;

namespace Bookinfo.Tests.Rollouts.Simulation;

/// <summary>The figures are drawn: the seed is fixed, and the intervals are far wider than chance (five standard errors).</summary>
public sealed class SimulatorTests
{
    private const string Step = "{analysis: {templates: [{templateName: success-rate}], args: [{name: version, value: v3}]}}";
    private static readonly string Text = Files.Rollout($"[{{setWeight: 50}}, {{pause: {{duration: 20s}}}}, {Step}]");

    [Fact]
    public void Run_GoodAndBadReleases_AreToldApart()
    {
        var result = Run(new SimulationOptions { Runs = 200, Seed = 1 });
        Assert.Equal(200, result.Good.Count(SimulatedEnd.Promoted));
        Assert.Equal(200, result.Bad.Count(SimulatedEnd.RolledBack));
        Assert.InRange(result.Bad.Requests(SimulatedEnd.RolledBack, 0.5)!.Value, 250, 1000);
    }

    // At 5 % errors a measurement of some 250 requests is below 0.95 about every second time,
    // and there are two of them: one in four passes.
    [Fact]
    public void Run_AReleaseAtTheThreshold_IsACoinThrownTwice()
    {
        var result = Run(new SimulationOptions { Runs = 400, Seed = 2, Bad = new ReleaseModel(0.05, TimeSpan.FromMilliseconds(20)) });
        Assert.InRange(result.Bad.Count(SimulatedEnd.Promoted), 60, 180);
    }

    [Fact]
    public void Run_SameSeed_SameFigures()
    {
        var options = new SimulationOptions { Runs = 50, Seed = 3, Bad = new ReleaseModel(0.06, TimeSpan.FromMilliseconds(20)) };
        Assert.Equal(Run(options).Bad.Runs, Run(options).Bad.Runs);
    }

    [Fact]
    public void Run_HardlyAnyRequests_WaitsForAPersonAndStopsNoGoodRelease()
    {
        var result = Run(new SimulationOptions { Runs = 100, Seed = 4, Rate = 0.5 });
        Assert.Equal(0, result.Good.Count(SimulatedEnd.RolledBack));
        Assert.NotEqual(0, result.Bad.Count(SimulatedEnd.Waiting));
    }

    /// <summary>A query for all releases of a service finds those requests that came before the canary.</summary>
    [Fact]
    public void Run_AQueryForTheService_HasSamplesFromTheFirstMeasurementOn()
    {
        var text = Files.Rollout("[{setWeight: 50}, {pause: {duration: 30s}}]",
            "analysis: {templates: [{templateName: success-rate}], args: [{name: version, value: v.}]}")
            .Replace("destination_version=", "destination_version=~", StringComparison.Ordinal);
        var result = new Simulator(Files.Good(text), new SimulationOptions { Runs = 20 }).Run(TestContext.Current.CancellationToken);

        Assert.Equal(0, Assert.Single(result.Good.Metrics).Empty);
        Assert.Equal(20, result.Good.Count(SimulatedEnd.Promoted));
    }

    private static SimulationResult Run(SimulationOptions options) =>
        new Simulator(Files.Good(Text), options).Run(TestContext.Current.CancellationToken);
}
