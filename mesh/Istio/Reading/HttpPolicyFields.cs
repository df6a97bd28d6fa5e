using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Yaml;

namespace Bookinfo.Mesh.Istio.Reading;

/// <summary>The fields of retries, faults and CORS.</summary>
internal static class HttpPolicyFields
{
    public static HttpRetry Retry(ObjectReader retry) => new()
    {
        Attempts = retry.Int32("attempts") ?? 0,
        PerTryTimeout = retry.Duration("perTryTimeout"),
        RetryOn = retry.Text("retryOn") is { Length: > 0 } conditions ? conditions : null,
        RetryIgnorePreviousHosts = retry.Boolean("retryIgnorePreviousHosts"),
        Backoff = retry.Duration("backoff"),
    };

    public static HttpFaultInjection Fault(ObjectReader fault) => new()
    {
        Delay = fault.Object("delay", "Delay", Delay),
        Abort = fault.Object("abort", "Abort", Abort),
    };

    public static CorsPolicy Cors(ObjectReader cors) => new()
    {
        AllowOrigins = Origins(cors),
        AllowMethods = cors.Texts("allowMethods"),
        AllowHeaders = cors.Texts("allowHeaders"),
        ExposeHeaders = cors.Texts("exposeHeaders"),
        MaxAge = cors.Duration("maxAge"),
        AllowCredentials = cors.Boolean("allowCredentials"),
        UnmatchedPreflights = cors.Name("unmatchedPreflights", EnumNames.UnmatchedPreflights),
    };

    private static HttpFaultDelay Delay(ObjectReader delay)
    {
        var percentage = delay.Percent("percentage");
        var percent = Deprecated.Percent(delay, "percent", "percentage: {value: ...}");
        var duration = delay.Duration("fixedDelay");
        if (duration == TimeSpan.Zero)
        {
            // Zero in the model is a delay that the rule does not give.
            delay.Error("fixedDelay", "a duration is at least 1ms", "leave the delay out if none is wanted");
        }

        return new() { FixedDelay = duration ?? TimeSpan.Zero, Percentage = percentage ?? percent };
    }

    private static HttpFaultAbort Abort(ObjectReader abort) => new()
    {
        HttpStatus = abort.Int32("httpStatus"),
        GrpcStatus = abort.Text("grpcStatus"),
        Percentage = abort.Percent("percentage"),
    };

    /// <summary>As <c>route.go: TranslateCORSPolicy</c>: the old list of exact origins counts where the new one is absent.</summary>
    private static IReadOnlyList<StringMatch> Origins(ObjectReader cors)
    {
        var origins = cors.Objects("allowOrigins", "StringMatch", HttpMatchFields.StringMatch);
        var old = cors.Texts("allowOrigin");
        if (old.Count == 0)
        {
            return origins;
        }

        Deprecated.Note(cors, "allowOrigin", "allowOrigins: [{exact: ...}]");
        return cors.Has("allowOrigins") ? origins : [.. old.Select(origin => new StringMatch { Exact = origin })];
    }
}
