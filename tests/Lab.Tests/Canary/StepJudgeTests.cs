using Bookinfo.Mesh.Lab.Canary;

namespace Bookinfo.Tests.Lab.Canary;

public sealed class StepJudgeTests
{
    private readonly StepJudge _judge = new(new CanaryPlan("reviews", "v1", "v3") { MaxErrorRate = 0.05 });

    [Fact]
    public void Judge_NoErrors_GoesOn() => Assert.Equal(Verdict.Continue, _judge.Judge(Step(10, 100, 10, errors: 0)));

    [Fact]
    public void Judge_OneErrorInTen_IsLuck() => Assert.Equal(Verdict.Continue, _judge.Judge(Step(10, 100, 10, errors: 1)));

    [Fact]
    public void Judge_FiveErrorsInTen_AreNot() => Assert.Equal(Verdict.TooManyErrors, _judge.Judge(Step(10, 100, 10, errors: 5)));

    [Fact]
    public void Judge_AsManyErrorsAsAllowed_GoesOn() => Assert.Equal(Verdict.Continue, _judge.Judge(Step(50, 2000, 1000, errors: 50)));

    [Fact]
    public void Judge_NoErrorAllowedAndOneSeen_RollsBack()
    {
        var strict = new StepJudge(new CanaryPlan("reviews", "v1", "v3") { MaxErrorRate = 0 });

        Assert.Equal(Verdict.TooManyErrors, strict.Judge(Step(50, 1000, 500, errors: 1)));
    }

    [Fact]
    public void Judge_OldReleaseStillAnswersAtTheEnd_IsTheWrongShare() =>
        Assert.Equal(Verdict.WrongShare, _judge.Judge(Step(100, 500, 499, errors: 0)));

    [Fact]
    public void Judge_ShareFarFromTheOneAskedFor_IsTheWrongShare() =>
        Assert.Equal(Verdict.WrongShare, _judge.Judge(Step(10, 1000, 200, errors: 0)));

    [Fact]
    public void Judge_AcceptableRelease_IsRolledBackAtMostOnceInTwentyCanaries()
    {
        // A release that fails exactly as often as it may, 2,000 canaries with a fixed seed. 5 % allowed, so more than 130 of 2,000 has a
        // chance below 0.1 %.
        var random = new Random(20261122);
        var plan = new CanaryPlan("reviews", "v1", "v3");
        var rolledBack = 0;
        for (var canary = 0; canary < 2000; canary++)
        {
            var stopped = plan.Steps.Any(percent =>
            {
                var size = plan.Requests * percent / 100;
                var errors = Enumerable.Range(0, size).Count(_ => random.NextDouble() < plan.MaxErrorRate);
                return _judge.Judge(Step(percent, plan.Requests, size, errors)) != Verdict.Continue;
            });
            rolledBack += stopped ? 1 : 0;
        }

        Assert.InRange(rolledBack, 1, 130);
    }

    [Fact]
    public void Judge_ReleaseThatFailsHalfTheTime_IsCaughtInTheFirstStep()
    {
        // Power: 50 requests to a release that fails every second time; missing it has a chance below one in a million.
        var random = new Random(20261122);
        for (var canary = 0; canary < 1000; canary++)
        {
            var errors = Enumerable.Range(0, 50).Count(_ => random.Next(2) == 0);

            Assert.Equal(Verdict.TooManyErrors, _judge.Judge(Step(10, 500, 50, errors)));
        }
    }

    private static StepResult Step(int percent, int requests, int fresh, int errors) =>
        new(percent, requests, fresh, OldErrors: 0, errors, TimeSpan.Zero, TimeSpan.Zero);
}
