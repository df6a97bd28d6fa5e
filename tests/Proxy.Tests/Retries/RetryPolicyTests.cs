using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Proxy.Retries;

namespace Bookinfo.Tests.Proxy.Retries;

public sealed class RetryPolicyTests
{
    private static RetryPolicy On(string conditions) =>
        RetryPolicy.From(new HttpRetry { Attempts = 3, RetryOn = conditions }, byHash: false)!;

    [Fact]
    public void From_NoRule_TwoRetriesOnWhatNoApplicationSaw()
    {
        var policy = RetryPolicy.From(null, byHash: false)!;

        Assert.Equal(2, policy.Retries);
        Assert.True(policy.AvoidsTriedHosts);
        Assert.True(policy.Wants(UpstreamFailureKind.Connect));
        Assert.True(policy.Wants(UpstreamFailureKind.RefusedStream));
        Assert.False(policy.Wants(UpstreamFailureKind.Termination));
        Assert.False(policy.Wants(new UpstreamAnswer(503)));
        Assert.True(policy.Wants(new UpstreamAnswer(200, 14)));
        Assert.True(policy.Wants(new UpstreamAnswer(200, 1)));
    }

    [Fact]
    public void From_ZeroAttempts_SwitchedOff() => Assert.Null(RetryPolicy.From(new HttpRetry { Attempts = 0 }, byHash: false));

    [Fact]
    public void From_ConsistentHash_MayGoToTheSameHost()
    {
        Assert.False(RetryPolicy.From(null, byHash: true)!.AvoidsTriedHosts);
        Assert.True(RetryPolicy.From(new HttpRetry { Attempts = 1, RetryIgnorePreviousHosts = true }, byHash: true)!.AvoidsTriedHosts);
        Assert.False(RetryPolicy.From(new HttpRetry { Attempts = 1, RetryIgnorePreviousHosts = false }, byHash: false)!.AvoidsTriedHosts);
    }

    [Theory]
    [InlineData("5xx", 500, true)]
    [InlineData("5xx", 599, true)]
    [InlineData("5xx", 499, false)]
    [InlineData("gateway-error", 500, false)]
    [InlineData("gateway-error", 502, true)]
    [InlineData("gateway-error", 504, true)]
    [InlineData("gateway-error", 505, false)]
    [InlineData("retriable-4xx", 409, true)]
    [InlineData("retriable-4xx", 404, false)]
    [InlineData("404, 503", 404, true)]
    [InlineData("503,connect-failure", 503, true)]
    [InlineData("connect-failure", 503, false)]
    [InlineData("retriable-status-codes", 503, false)]
    public void Wants_Status_AsEnvoySays(string conditions, int status, bool expected) =>
        Assert.Equal(expected, On(conditions).Wants(new UpstreamAnswer(status)));

    [Theory]
    [InlineData("cancelled", 1)]
    [InlineData("deadline-exceeded", 4)]
    [InlineData("resource-exhausted", 8)]
    [InlineData("internal", 13)]
    [InlineData("unavailable", 14)]
    public void Wants_GrpcStatus_OnlyItsOwn(string condition, int status)
    {
        var policy = On(condition);

        Assert.Equal([status], Enumerable.Range(0, 17).Where(code => policy.Wants(new UpstreamAnswer(200, code))));
    }

    [Theory]
    [InlineData("5xx", "Connect,Protocol,RefusedStream,Reset,Termination,PerTryTimeout")]
    [InlineData("gateway-error", "Connect,Protocol,RefusedStream,Reset,Termination,PerTryTimeout")]
    [InlineData("reset", "Connect,Protocol,RefusedStream,Reset,Termination,PerTryTimeout")]
    [InlineData("connect-failure", "Connect")]
    [InlineData("refused-stream", "RefusedStream")]
    [InlineData("503", "")]
    public void Wants_NoAnswer_AsEnvoySays(string conditions, string expected)
    {
        var policy = On(conditions);

        Assert.Equal(
            expected.Split(',', StringSplitOptions.RemoveEmptyEntries).Order(),
            Enum.GetValues<UpstreamFailureKind>().Where(kind => policy.Wants(kind)).Select(kind => kind.ToString()).Order());
    }

    [Fact]
    public void Wants_Overloaded_Never() => Assert.False(On("5xx").Wants(new UpstreamAnswer(503, IsOverloaded: true)));

    [Fact]
    public void Wants_RateLimited_OnlyWhenAskedFor()
    {
        Assert.False(On("5xx").Wants(new UpstreamAnswer(503, IsRateLimited: true)));
        Assert.True(On("envoy-ratelimited").Wants(new UpstreamAnswer(429, IsRateLimited: true)));
    }

    [Fact]
    public void From_ConditionThatEnvoyHasNot_Refused() =>
        Assert.Contains("5xxx", Assert.Throws<ArgumentException>(() => On("5xxx")).Message, StringComparison.Ordinal);
}
