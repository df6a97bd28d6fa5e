namespace Bookinfo.Mesh.Proxy.Retries;

/// <summary>When another try is made: Envoy's <c>x-envoy-retry-on</c> and <c>x-envoy-retry-grpc-on</c>.</summary>
[Flags]
internal enum RetryConditions
{
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

    /// <summary>Any condition that looks at a gRPC status.</summary>
    AnyGrpc = Cancelled | DeadlineExceeded | Internal | ResourceExhausted | Unavailable,
}
