using Bookinfo.ServiceDefaults;
using Bookinfo.ServiceDefaults.Http;
using Bookinfo.Tests.Support;

namespace Bookinfo.Tests.ServiceDefaults.Http;

public sealed class ApplicationOwnerTests
{
    private static readonly (string, string?) ByApplication = ("RESILIENCE_OWNER", "application");

    [Theory]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task Get_PassingFailure_IsTriedAgain(int status)
    {
        await using var other = await StandIn.StartAsync(
            Answers.InTurn(Answers.Status(status), Answers.BreakOffInTheBody, Answers.Json("fine")));
        await using var service = await Caller.StartAsync(other, settings: ByApplication);
        service.Client.DefaultRequestHeaders.Add("x-request-id", "7");

        Assert.Equal((200, "fine"), await service.GetAsync("/"));
        Assert.Equal(3, other.Requests.Count);
        Assert.All(other.Requests, request => Assert.Equal("7", request.Headers["x-request-id"]));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(500)]
    public async Task Get_FailureThatWouldComeAgain_IsNotTriedAgain(int status)
    {
        // The clock stands still: on a busy machine the timeout of a try must not look like a second try.
        await using var other = await StandIn.StartAsync(Answers.Status(status));
        await using var service = await Caller.StartAsync(other, time: new ManualClock(), settings: ByApplication);

        Assert.Equal(status, (await service.GetAsync("/")).Status);
        Assert.Single(other.Requests);
    }

    [Fact]
    public async Task Get_FailsForGood_AnswersTheLastAfterThreeTries()
    {
        await using var other = await StandIn.StartAsync(Answers.Status(503, "still"));
        await using var service = await Caller.StartAsync(other, settings: ByApplication);

        Assert.Equal((503, "still"), await service.GetAsync("/"));
        Assert.Equal(3, other.Requests.Count);
    }

    [Theory]
    [InlineData("mesh")]
    [InlineData(null)]
    public async Task Get_MeshOwnsResilience_IsTriedOnce(string? owner)
    {
        await using var other = await StandIn.StartAsync(Answers.Status(503, "x"));
        await using var service = await Caller.StartAsync(other, settings: ("RESILIENCE_OWNER", owner));

        Assert.Equal((503, "x"), await service.GetAsync("/"));
        Assert.Single(other.Requests);
    }

    [Fact]
    public async Task Get_SilentTry_IsGivenUpAndTriedAgain()
    {
        var time = new ManualClock();
        await using var other = await StandIn.StartAsync(Answers.InTurn(Answers.Silence, Answers.Json("fine")));
        await using var service = await Caller.StartAsync(other, time: time, settings: ByApplication);

        var asking = service.GetAsync("/");
        await other.WaitForRequestsAsync(1);
        time.Advance(UpstreamResilience.AttemptTimeout);
        await Eventually.HoldsAsync(
            () =>
            {
                time.Advance(TimeSpan.FromMilliseconds(250));
                return asking.IsCompleted;
            },
            "the second try has answered");

        Assert.Equal((200, "fine"), await asking);
        Assert.Equal(2, other.Requests.Count);
    }

    [Fact]
    public async Task Get_DeadlineInTheMiddleOfATry_EndsAllTries()
    {
        var time = new ManualClock();
        await using var other = await StandIn.StartAsync(Answers.Silence);
        await using var service = await Caller.StartAsync(other, TimeSpan.FromSeconds(1), time: time, settings: ByApplication);

        var asking = service.GetAsync("/");
        await other.WaitForRequestsAsync(1);
        time.Advance(TimeSpan.FromSeconds(1));

        var (status, problem) = await asking;
        Assert.Equal(Caller.NoAnswer, status);
        Assert.StartsWith("TimeoutRejectedException: ", problem, StringComparison.Ordinal);
        Assert.Single(other.Requests);
    }

    [Fact]
    public async Task Start_OwnerThatIsNone_IsRefused()
    {
        var problem = await Assert.ThrowsAsync<SettingException>(() =>
            Caller.StartAsync(new Uri("http://x"), settings: ("RESILIENCE_OWNER", "both")));

        Assert.Equal("RESILIENCE_OWNER is 'both'; it should be mesh or application.", problem.Message);
    }
}
