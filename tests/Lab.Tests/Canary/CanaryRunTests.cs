using Bookinfo.Mesh.Lab.Canary;

namespace Bookinfo.Tests.Lab.Canary;

public sealed class CanaryRunTests
{
    private readonly ScriptedTarget _target = new();
    private readonly RecordingAudience _audience = new();

    [Fact]
    public async Task Run_HealthyRelease_TakesEveryStepToTheEnd()
    {
        var steps = await RunAsync(new CanaryPlan("reviews", "v1", "v3") { Requests = 100, Rate = 0 });

        Assert.Equal([10, 25, 50, 100], _target.Shifts);
        Assert.Equal([10, 25, 50, 100], steps.Select(step => step.Result.NewRequests));
        Assert.All(steps, step => Assert.Equal(Verdict.Continue, step.Verdict));
    }

    [Fact]
    public async Task Run_BrokenAtAStep_GivesAllTrafficBackAndStops()
    {
        var steps = await RunAsync(new CanaryPlan("reviews", "v1", "v3") { Requests = 100, Rate = 0, BreakAt = 50 });

        Assert.Equal([10, 25, 50, 0], _target.Shifts);
        Assert.Equal(Verdict.TooManyErrors, steps[^1].Verdict);
        Assert.Equal([false, false, true], _audience.Broken);
    }

    [Fact]
    public async Task Run_BrokenReleaseAtTheLastStep_GivesAllTrafficBack()
    {
        var steps = await RunAsync(new CanaryPlan("reviews", "v1", "v3") { Requests = 20, Rate = 0, BreakAt = 100 });

        Assert.Equal(0, _target.Shifts[^1]);
        Assert.Equal(Verdict.TooManyErrors, steps[^1].Verdict);
    }

    [Fact]
    public async Task Run_EveryRequest_IsToldToTheAudience()
    {
        await RunAsync(new CanaryPlan("reviews", "v1", "v3") { Requests = 30, Rate = 0, Steps = [50, 100] });

        Assert.Equal(60, _audience.Answers);
    }

    private Task<IReadOnlyList<JudgedStep>> RunAsync(CanaryPlan plan) =>
        new CanaryRun(plan, _target, _audience, TimeProvider.System).RunAsync(TestContext.Current.CancellationToken);

    /// <summary>A mesh without chance: the new release's requests are spread evenly.</summary>
    private sealed class ScriptedTarget : ICanaryTarget
    {
        private int _percent;
        private int _sent;
        private bool _broken;

        public List<int> Shifts { get; } = [];

        public void Shift(int percent)
        {
            Shifts.Add(percent);
            (_percent, _sent) = (percent, 0);
        }

        public Task BreakAsync(CancellationToken cancellation)
        {
            _broken = true;
            return Task.CompletedTask;
        }

        public Task<Answer> SendAsync(CancellationToken cancellation)
        {
            var n = Interlocked.Increment(ref _sent);
            var fresh = n * _percent / 100 > (n - 1) * _percent / 100;
            return Task.FromResult(new Answer(fresh ? "v3" : "v1", fresh && _broken, TimeSpan.FromMilliseconds(1)));
        }
    }

    private sealed class RecordingAudience : ICanaryProgress
    {
        private int _answers;

        public List<bool> Broken { get; } = [];

        public int Answers => _answers;

        public void StartStep(int percent, bool broken) => Broken.Add(broken);

        public void CountAnswer() => Interlocked.Increment(ref _answers);

        public void EndStep(StepResult step, Verdict verdict)
        {
        }
    }
}
