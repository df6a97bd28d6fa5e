using Bookinfo.Mesh.Lab.Resilience;

namespace Bookinfo.Tests.Lab.Resilience;

public sealed class ScenarioRunTests
{
    [Theory]
    [InlineData((int)Owner.None, 1)]
    [InlineData((int)Owner.Mesh, 3)]
    [InlineData((int)Owner.Application, 3)]
    [InlineData((int)Owner.Both, 9)]
    public async Task Run_RetriesOfADeadPod_Multiply(int owner, int expected)
    {
        var run = await RunAsync("Retries that multiply", (Owner)owner);

        Assert.Equal((1, expected), (run.Failed, run.FaultyGot));
    }

    [Fact]
    public async Task Run_CircuitBreakerInTheMesh_LeavesEachDeadPodOutAfterFiveErrors()
    {
        var run = await RunAsync("Circuit breaker", Owner.Mesh);

        Assert.Equal((10, 10), (run.Failed, run.FaultyGot));
    }

    [Fact]
    public async Task Run_CircuitBreakerInTheApplication_ShutsOutTheGoodPodToo()
    {
        var run = await RunAsync("Circuit breaker", Owner.Application);

        // Without any pattern about 133 would fail.
        Assert.True(run.Failed > 150, $"{run.Failed} of {run.Requests} failed");
    }

    [Fact]
    public async Task Run_BulkheadInTheMesh_LetsTenInAtOnce()
    {
        var run = await RunAsync("Bulkhead", Owner.Mesh);

        Assert.InRange(run.FaultyAtOnce, 1, 10);
        Assert.True(run.Failed > 0, "no request was refused");
    }

    [Fact]
    public async Task Run_RetryInTheMesh_HidesMostErrors()
    {
        var without = await RunAsync("Retry", Owner.None);
        var with = await RunAsync("Retry", Owner.Mesh);

        // 30 of 300 expected without, a third of one with; outside of these ranges once in 10,000 runs.
        Assert.InRange(without.Failed, 12, 55);
        Assert.InRange(with.Failed, 0, 4);
        Assert.True(with.FaultyGot > with.Requests, "nothing was retried");
    }

    private static Task<Measurement> RunAsync(string scenario, Owner owner) =>
        new ScenarioRun(Scenario.All.Single(one => one.Name == scenario), owner, TextWriter.Null)
            .RunAsync(TestContext.Current.CancellationToken);
}
