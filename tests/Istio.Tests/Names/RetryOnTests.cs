using Bookinfo.Mesh.Istio.Names;

namespace Bookinfo.Tests.Istio.Names;

public sealed class RetryOnTests
{
    /// <summary>The words of <c>supportedRetryOnPolicies</c> in <c>pkg/config/validation/validation.go</c> of istio/istio.</summary>
    [Fact]
    public void Words_AreThoseThatIstiodTakes() => Assert.Equal(
        [
            "5xx", "cancelled", "connect-failure", "deadline-exceeded", "envoy-ratelimited", "gateway-error", "http3-post-connect-failure",
            "internal", "refused-stream", "reset", "reset-before-request", "resource-exhausted", "retriable-4xx", "retriable-headers",
            "retriable-status-codes", "unavailable",
        ],
        RetryOn.Words.Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("gateway-error", RetryConditions.GatewayError)]
    [InlineData("retriable-headers", RetryConditions.None)]
    [InlineData("Gateway-Error", null)]
    [InlineData("503", null)]
    [InlineData("", null)]
    public void Find_AWord_ItsCondition(string word, RetryConditions? expected) => Assert.Equal(expected, RetryOn.Find(word));
}
