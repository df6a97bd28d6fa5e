using Bookinfo.ServiceDefaults;
using Bookinfo.ServiceDefaults.Upstreams;
using Bookinfo.Tests.ServiceDefaults.Upstreams;
using Bookinfo.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace Bookinfo.Tests.ServiceDefaults.Resilience;

public sealed class ApplicationOwnerTests
{
    private static readonly (string, string?) ByApplication = ("RESILIENCE_OWNER", "application");

    [Theory]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task Get_PassingFailure_IsTriedAgain(int status)
    {
        await using var other = await StandIn.StartAsync(Answers.InTurn(Answers.Status(status), Answers.BreakOff, Answers.Json("fine")));
        using var upstream = TestUpstream.Create(other, settings: ByApplication);

        using var answer = await upstream.GetAsync("/", new HeaderDictionary { ["x-request-id"] = "7" }, CancellationToken.None);

        Assert.Equal("fine", await answer.Content.ReadAsStringAsync());
        Assert.Equal(3, other.Requests.Count);
        Assert.All(other.Requests, request => Assert.Equal("7", request.Headers["x-request-id"]));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(500)]
    public async Task Get_FailureThatWouldComeAgain_IsNotTriedAgain(int status)
    {
        // The clock stands still: on a busy machine the time-out of a try must not look like a second try.
        await using var other = await StandIn.StartAsync(Answers.Status(status));
        using var upstream = TestUpstream.Create(other, time: new ManualClock(), settings: ByApplication);

        using var answer = await upstream.GetAsync("/", new HeaderDictionary(), CancellationToken.None);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Single(other.Requests);
    }

    [Fact]
    public async Task Get_FailsForGood_AnswersTheLastAfterThreeTries()
    {
        await using var other = await StandIn.StartAsync(Answers.Status(503, "still"));
        using var upstream = TestUpstream.Create(other, settings: ByApplication);

        using var answer = await upstream.GetAsync("/", new HeaderDictionary(), CancellationToken.None);

        Assert.Equal("still", await answer.Content.ReadAsStringAsync());
        Assert.Equal(3, other.Requests.Count);
    }

    [Theory]
    [InlineData("mesh")]
    [InlineData(null)]
    public async Task Get_MeshOwnsResilience_IsTriedOnce(string? owner)
    {
        await using var other = await StandIn.StartAsync(Answers.Status(503));
        using var upstream = TestUpstream.Create(other, settings: ("RESILIENCE_OWNER", owner));

        using var answer = await upstream.GetAsync("/", new HeaderDictionary(), CancellationToken.None);

        Assert.Equal(503, (int)answer.StatusCode);
        Assert.Single(other.Requests);
    }

    [Fact]
    public async Task Get_SilentTry_IsGivenUpAndTriedAgain()
    {
        var time = new ManualClock();
        await using var other = await StandIn.StartAsync(Answers.InTurn(Answers.Silence, Answers.Json("fine")));
        using var upstream = TestUpstream.Create(other, time: time, settings: ByApplication);

        var asking = upstream.GetAsync("/", new HeaderDictionary(), CancellationToken.None);
        await other.WaitForRequestsAsync(1);
        time.Advance(TimeSpan.FromSeconds(2));
        await Eventually.HoldsAsync(
            () =>
            {
                time.Advance(TimeSpan.FromMilliseconds(250));
                return asking.IsCompleted;
            },
            "the second try has answered");

        using var answer = await asking;
        Assert.Equal("fine", await answer.Content.ReadAsStringAsync());
        Assert.Equal(2, other.Requests.Count);
    }

    [Fact]
    public async Task Get_DeadlineInTheMiddleOfATry_EndsAllTries()
    {
        var time = new ManualClock();
        await using var other = await StandIn.StartAsync(Answers.Silence);
        using var upstream = TestUpstream.Create(other, options => options with { Timeout = TimeSpan.FromSeconds(1) }, time, ByApplication);

        var asking = upstream.GetAsync("/", new HeaderDictionary(), CancellationToken.None);
        await other.WaitForRequestsAsync(1);
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("other: no answer within 1 s", (await Assert.ThrowsAsync<UpstreamException>(() => asking)).Message);
        Assert.Single(other.Requests);
    }

    [Fact]
    public void Create_OwnerThatIsNone_IsRefused()
    {
        var problem = Assert.Throws<SettingException>(() => TestUpstream.Create(new Uri("http://x"), settings: ("RESILIENCE_OWNER", "both")));

        Assert.Equal("RESILIENCE_OWNER is 'both'; it should be mesh or application.", problem.Message);
    }
}
