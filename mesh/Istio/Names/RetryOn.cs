namespace Bookinfo.Mesh.Istio.Names;

/// <summary>
/// The words of <c>retryOn</c>: Envoy's <c>x-envoy-retry-on</c> and <c>x-envoy-retry-grpc-on</c>
/// (<c>source/common/router/retry_state_impl.cc: parseRetryOn, parseRetryGrpcOn</c>), which istiod checks for
/// (<c>pkg/config/validation/validation.go: supportedRetryOnPolicies</c>). A rule may list status codes beside them.
/// </summary>
public static class RetryOn
{
    private static readonly (string Word, RetryConditions Condition)[] Table =
    [
        ("5xx", RetryConditions.ServerError),
        ("gateway-error", RetryConditions.GatewayError),
        ("reset", RetryConditions.Reset),
        ("reset-before-request", RetryConditions.ResetBeforeRequest),
        ("connect-failure", RetryConditions.ConnectFailure),
        ("retriable-4xx", RetryConditions.Retriable4xx),
        ("refused-stream", RetryConditions.RefusedStream),
        ("retriable-status-codes", RetryConditions.RetriableStatusCodes),
        // It asks for headers that Istio's API cannot list.
        ("retriable-headers", RetryConditions.None),
        ("envoy-ratelimited", RetryConditions.EnvoyRateLimited),
        // HTTP/3 is not spoken here.
        ("http3-post-connect-failure", RetryConditions.None),
        ("cancelled", RetryConditions.Cancelled),
        ("deadline-exceeded", RetryConditions.DeadlineExceeded),
        ("internal", RetryConditions.Internal),
        ("resource-exhausted", RetryConditions.ResourceExhausted),
        ("unavailable", RetryConditions.Unavailable),
    ];

    /// <summary>Every word.</summary>
    public static IReadOnlyList<string> Words { get; } = [.. Table.Select(each => each.Word)];

    /// <summary>The condition that a word asks for; null for any other text.</summary>
    public static RetryConditions? Find(string word)
    {
        foreach (var each in Table)
        {
            if (each.Word == word)
            {
                return each.Condition;
            }
        }

        return null;
    }
}

/// <summary>When another try is made: Envoy's <c>x-envoy-retry-on</c> and <c>x-envoy-retry-grpc-on</c>.</summary>
[Flags]
public enum RetryConditions
{
    /// <summary>No condition.</summary>
    None = 0,

    /// <summary>Any 5xx, and no answer at all.</summary>
    ServerError = 1 << 0,

    /// <summary>502, 503, 504, and no answer at all.</summary>
    GatewayError = 1 << 1,

    /// <summary>No answer at all: disconnect, reset, a try's time.</summary>
    Reset = 1 << 2,

    /// <summary>No connection.</summary>
    ConnectFailure = 1 << 3,

    /// <summary>409.</summary>
    Retriable4xx = 1 << 4,

    /// <summary>HTTP/2's REFUSED_STREAM.</summary>
    RefusedStream = 1 << 5,

    /// <summary>The codes that the rule lists.</summary>
    RetriableStatusCodes = 1 << 6,

    /// <summary>An answer with <c>x-envoy-ratelimited</c>, which is otherwise never retried.</summary>
    EnvoyRateLimited = 1 << 7,

    /// <summary>gRPC status 1.</summary>
    Cancelled = 1 << 8,

    /// <summary>gRPC status 4.</summary>
    DeadlineExceeded = 1 << 9,

    /// <summary>gRPC status 13.</summary>
    Internal = 1 << 10,

    /// <summary>gRPC status 8.</summary>
    ResourceExhausted = 1 << 11,

    /// <summary>gRPC status 14.</summary>
    Unavailable = 1 << 12,

    /// <summary>No answer, and the request had not been sent.</summary>
    ResetBeforeRequest = 1 << 13,
}
