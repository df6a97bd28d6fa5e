using Bookinfo.Mesh.Lab.Canary;

namespace Bookinfo.Tests.Lab.Canary;

public sealed class StepResultTests
{
    [Fact]
    public void Count_MixedAnswers_CountsEachReleaseByItself()
    {
        Answer[] answers = [Of("v1"), Of("v1", failed: true), Of("v3"), Of("v3", failed: true), Of("v3")];

        var step = StepResult.Count(50, "v1", answers);

        Assert.Equal((5, 3, 1, 1), (step.Requests, step.NewRequests, step.OldErrors, step.NewErrors));
        Assert.Equal(0.6, step.Share);
    }

    [Fact]
    public void Count_AnswerWithoutRelease_IsHeldAgainstTheNewOne()
    {
        var step = StepResult.Count(50, "v1", [Of("v1"), Of(null, failed: true)]);

        Assert.Equal((1, 1), (step.NewRequests, step.NewErrors));
    }

    [Fact]
    public void Count_Latencies_AreNearestRankOfTheNewRelease()
    {
        var answers = Enumerable.Range(1, 100).Select(i => new Answer("v3", false, TimeSpan.FromMilliseconds(i)))
            .Append(new Answer("v1", false, TimeSpan.FromSeconds(9))).ToList();

        var step = StepResult.Count(99, "v1", answers);

        Assert.Equal(TimeSpan.FromMilliseconds(50), step.P50);
        Assert.Equal(TimeSpan.FromMilliseconds(99), step.P99);
    }

    [Fact]
    public void Count_NothingReachedTheNewRelease_HasNoLatency() =>
        Assert.Equal(TimeSpan.Zero, StepResult.Count(1, "v1", [Of("v1")]).P99);

    private static Answer Of(string? version, bool failed = false) => new(version, failed, TimeSpan.FromMilliseconds(1));
}
