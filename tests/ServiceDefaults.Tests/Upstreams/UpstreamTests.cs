using Bookinfo.ServiceDefaults.Upstreams;
using Bookinfo.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace Bookinfo.Tests.ServiceDefaults.Upstreams;

public sealed class UpstreamTests
{
    private static readonly string[] ContractHeaders =
    [
        "x-request-id", "x-ot-span-context", "x-datadog-trace-id", "x-datadog-parent-id", "x-datadog-sampling-priority", "traceparent", "tracestate", "baggage",
        "x-cloud-trace-context", "grpc-trace-bin", "x-b3-traceid", "x-b3-spanid", "x-b3-parentspanid", "x-b3-sampled", "x-b3-flags", "b3", "sw8", "user-agent",
        "cookie", "authorization", "jwt",
    ];

    [Fact]
    public async Task Get_CallersHeaders_PassesOnTheContractsAndNoOthers()
    {
        await using var other = await StandIn.StartAsync(Answers.Json("{}"));
        using var upstream = TestUpstream.Create(other);
        var caller = new HeaderDictionary { ["x-own"] = "no", ["end-user"] = "jason", ["accept"] = "text/html", ["host"] = "elsewhere" };
        foreach (var name in ContractHeaders)
        {
            caller[name] = $"value of {name}";
        }

        using var answer = await upstream.GetAsync("/a?b=c", caller, CancellationToken.None);

        var seen = Assert.Single(other.Requests);
        Assert.Equal("/a?b=c", seen.Target);
        Assert.Equal(ContractHeaders.Append("host").Order(StringComparer.Ordinal), seen.Headers.Keys.Select(key => key.ToLowerInvariant()).Order(StringComparer.Ordinal));
        Assert.All(ContractHeaders, name => Assert.Equal($"value of {name}", seen.Headers[name]));
        Assert.Equal($"127.0.0.1:{other.Port}", seen.Headers.Host);
    }

    [Fact]
    public async Task Get_HeadersWithUser_PassesItOnToo()
    {
        await using var other = await StandIn.StartAsync(Answers.Json("{}"));
        using var upstream = TestUpstream.Create(other, options => options with { Headers = ForwardedHeaders.WithEndUser });

        using var answer = await upstream.GetAsync("/", new HeaderDictionary { ["end-user"] = "jason" }, CancellationToken.None);

        Assert.Equal("jason", Assert.Single(other.Requests).Headers["end-user"]);
    }

    [Fact]
    public async Task Get_HeadersOfTheServicesOwn_GoOverTheCallers()
    {
        await using var other = await StandIn.StartAsync(Answers.Json("{}"));
        using var upstream = TestUpstream.Create(other, options => options with { Headers = ForwardedHeaders.WithEndUser });

        using var answer = await upstream.GetAsync(
            "/", new HeaderDictionary { ["end-user"] = "mallory" }, CancellationToken.None, KeyValuePair.Create("end-user", "jason"));

        Assert.Equal("jason", Assert.Single(other.Requests).Headers["end-user"]);
    }

    [Theory]
    [InlineData("Jürgen 東京")]
    [InlineData("a, b; c=\"d\"")]
    public async Task Get_UnusualValue_ArrivesAsItCame(string value)
    {
        await using var other = await StandIn.StartAsync(Answers.Json("{}"));
        using var upstream = TestUpstream.Create(other);

        using var answer = await upstream.GetAsync("/", new HeaderDictionary { ["cookie"] = value, ["user-agent"] = value }, CancellationToken.None);

        var seen = Assert.Single(other.Requests).Headers;
        Assert.Equal(value, seen.Cookie);
        Assert.Equal(value, seen.UserAgent);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(301)]
    [InlineData(404)]
    [InlineData(503)]
    public async Task Get_AnyStatus_IsAnAnswerAndAskedForOnce(int status)
    {
        await using var other = await StandIn.StartAsync(Answers.Status(status, "body"));
        using var upstream = TestUpstream.Create(other);

        using var answer = await upstream.GetAsync("/", new HeaderDictionary(), CancellationToken.None);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("body", await answer.Content.ReadAsStringAsync());
        Assert.Single(other.Requests);
    }

    public static TheoryData<string> Failures => ["break", "break in the body", "endless"];

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Get_NoWholeAnswer_IsOneException(string how)
    {
        await using var other = await StandIn.StartAsync(how switch
        {
            "break" => Answers.BreakOff,
            "break in the body" => Answers.BreakOffInTheBody,
            _ => Answers.Endless,
        });
        using var upstream = TestUpstream.Create(other);

        var problem = await Assert.ThrowsAsync<UpstreamException>(() => upstream.GetAsync("/", new HeaderDictionary(), CancellationToken.None));

        Assert.Equal("other", problem.Upstream);
        Assert.StartsWith("other: ", problem.Message, StringComparison.Ordinal);
        Assert.Single(other.Requests);
    }

    [Fact]
    public async Task Get_NoAnswerInTime_SaysSo()
    {
        var time = new ManualClock();
        await using var other = await StandIn.StartAsync(Answers.Silence);
        using var upstream = TestUpstream.Create(other, options => options with { Timeout = TimeSpan.FromSeconds(2.5) }, time);

        var asking = upstream.GetAsync("/", new HeaderDictionary(), CancellationToken.None);
        await other.WaitForRequestsAsync(1);
        time.Advance(TimeSpan.FromSeconds(2.5));

        Assert.Equal("other: no answer within 2.5 s", (await Assert.ThrowsAsync<UpstreamException>(() => asking)).Message);
    }

    [Fact]
    public async Task Get_CallerGone_IsCancelledAndNoFailureOfTheOther()
    {
        await using var other = await StandIn.StartAsync(Answers.Silence);
        using var upstream = TestUpstream.Create(other);
        using var gone = new CancellationTokenSource();

        var asking = upstream.GetAsync("/", new HeaderDictionary(), gone.Token);
        await other.WaitForRequestsAsync(1);
        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
    }
}
