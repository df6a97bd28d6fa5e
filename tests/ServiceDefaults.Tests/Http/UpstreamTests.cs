using System.Text;
using Bookinfo.ServiceDefaults.Http;
using Bookinfo.Tests.Support;

namespace Bookinfo.Tests.ServiceDefaults.Http;

public sealed class UpstreamTests
{
    private static readonly string[] ContractHeaders =
    [
        "x-request-id", "x-ot-span-context", "x-datadog-trace-id", "x-datadog-parent-id", "x-datadog-sampling-priority", "traceparent",
        "tracestate", "baggage",
        "x-cloud-trace-context", "grpc-trace-bin", "x-b3-traceid", "x-b3-spanid", "x-b3-parentspanid", "x-b3-sampled", "x-b3-flags", "b3",
        "sw8", "user-agent",
        "cookie", "authorization", "jwt",
    ];

    [Fact]
    public async Task Get_CallersHeaders_PassesOnTheContractsAndNoOthers()
    {
        await using var other = await StandIn.StartAsync(Answers.Json("{}"));
        await using var service = await Caller.StartAsync(other);
        (string, string)[] others = [("x-own", "no"), ("end-user", "jason"), ("accept", "text/html")];

        await SendAsync(service, "/a?b=c", [.. ContractHeaders.Select(name => (name, $"value of {name}")), .. others]);

        var seen = Assert.Single(other.Requests);
        Assert.Equal("/a?b=c", seen.Target);
        Assert.Equal(ContractHeaders.Append("host").Order(StringComparer.Ordinal),
            seen.Headers.Keys.Select(key => key.ToLowerInvariant()).Order(StringComparer.Ordinal));
        Assert.All(ContractHeaders, name => Assert.Equal($"value of {name}", seen.Headers[name]));
        Assert.Equal($"127.0.0.1:{other.Port}", seen.Headers.Host);
    }

    [Fact]
    public async Task Get_HeadersWithUser_PassesItOnToo()
    {
        await using var other = await StandIn.StartAsync(Answers.Json("{}"));
        await using var service = await Caller.StartAsync(other, headers: PropagatedHeaders.WithEndUser);

        await SendAsync(service, "/", ("end-user", "jason"));

        Assert.Equal("jason", Assert.Single(other.Requests).Headers["end-user"]);
    }

    [Theory]
    [InlineData("cookie")]
    [InlineData("authorization")]
    [InlineData("jwt")]
    public async Task Get_HeadersWithoutCredentials_KeepsThem(string name)
    {
        await using var other = await StandIn.StartAsync(Answers.Json("{}"));
        await using var service = await Caller.StartAsync(other, headers: PropagatedHeaders.WithoutCredentials);

        await SendAsync(service, "/", (name, "secret"), ("x-request-id", "7"));

        var seen = Assert.Single(other.Requests).Headers;
        Assert.False(seen.ContainsKey(name));
        Assert.Equal("7", seen["x-request-id"]);
    }

    [Fact]
    public async Task Get_HeadersOfTheServicesOwn_GoOverTheCallers()
    {
        await using var other = await StandIn.StartAsync(Answers.Json("{}"));
        await using var service = await Caller.StartAsync(other, headers: PropagatedHeaders.WithEndUser);

        await SendAsync(service, "/", ("end-user", "mallory"), ("x-own-end-user", "jason"));

        Assert.Equal("jason", Assert.Single(other.Requests).Headers["end-user"]);
    }

    [Theory]
    [InlineData("Jürgen 東京")]
    [InlineData("a, b; c=\"d\"")]
    public async Task Get_UnusualValue_ArrivesAsItCame(string value)
    {
        await using var other = await StandIn.StartAsync(Answers.Json("{}"));
        await using var service = await Caller.StartAsync(other);

        await SendAsync(service, "/", ("cookie", value), ("user-agent", value));

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
        await using var service = await Caller.StartAsync(other);

        Assert.Equal((status, "body"), await service.GetAsync("/"));
        Assert.Single(other.Requests);
    }

    public static TheoryData<string> Failures => ["break", "break in the body", "endless"];

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Get_NoWholeAnswer_IsAFailure(string how)
    {
        await using var other = await StandIn.StartAsync(how switch
        {
            "break" => Answers.BreakOff,
            "break in the body" => Answers.BreakOffInTheBody,
            _ => Answers.Endless,
        });
        await using var service = await Caller.StartAsync(other);

        var (status, problem) = await service.GetAsync("/");

        Assert.Equal(Caller.NoAnswer, status);
        Assert.StartsWith("Http", problem, StringComparison.Ordinal);
        Assert.Single(other.Requests);
    }

    public static TheoryData<string> Silences => ["at once", "in the body"];

    [Theory]
    [MemberData(nameof(Silences))]
    public async Task Get_NoWholeAnswerInTime_IsAFailure(string when)
    {
        var time = new ManualClock();
        await using var other = await StandIn.StartAsync(when == "at once" ? Answers.Silence : Answers.SilenceInTheBody);
        await using var service = await Caller.StartAsync(other, TimeSpan.FromSeconds(2.5), time: time);

        var asking = service.GetAsync("/");
        await other.WaitForRequestsAsync(1);
        time.Advance(TimeSpan.FromSeconds(2.5) - TimeSpan.FromTicks(1));
        Assert.False(asking.IsCompleted);
        time.Advance(TimeSpan.FromTicks(1));

        var (status, problem) = await asking;
        Assert.Equal(Caller.NoAnswer, status);
        Assert.StartsWith("TimeoutRejectedException: ", problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_CallerGone_EndsTheCall()
    {
        var gone = new TaskCompletionSource();
        await using var other = await StandIn.StartAsync(async context =>
        {
            await Answers.Silence(context);
            gone.SetResult();
        });
        await using var service = await Caller.StartAsync(other);
        using var caller = new CancellationTokenSource();

        var asking = service.Client.GetAsync("/", caller.Token);
        await other.WaitForRequestsAsync(1);
        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        await gone.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    private static async Task SendAsync(RunningService service, string path, params (string Name, string Value)[] headers)
    {
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            ActivityHeadersPropagator = null,
            RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8,
        };
        using var client = new HttpClient(handler) { BaseAddress = service.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers)
        {
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        }

        using var answer = await client.SendAsync(request);
        Assert.Equal(200, (int)answer.StatusCode);
    }
}
