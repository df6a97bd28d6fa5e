namespace Bookinfo.ServiceDefaults.Upstreams;

/// <summary>
/// The request headers that a service copies from its caller to the services it calls, so that traces hold together and header matches of the mesh
/// work on every hop. The list is Bookinfo's own (istio/istio, <c>samples/bookinfo/src/reviews</c>) and W3C <c>baggage</c>.
/// </summary>
public static class ForwardedHeaders
{
    /// <summary>What every service passes on. <c>end-user</c> is not among them: see <see cref="WithEndUser"/>.</summary>
    public static IReadOnlyList<string> Default { get; } =
    [
        "x-request-id", "x-ot-span-context", "x-datadog-trace-id", "x-datadog-parent-id", "x-datadog-sampling-priority", "traceparent", "tracestate", "baggage",
        "x-cloud-trace-context", "grpc-trace-bin", "x-b3-traceid", "x-b3-spanid", "x-b3-parentspanid", "x-b3-sampled", "x-b3-flags", "b3", "sw8", "user-agent",
        "cookie", "authorization", "jwt",
    ];

    /// <summary>The same and <c>end-user</c>: for services behind the one that knows who is signed in.</summary>
    public static IReadOnlyList<string> WithEndUser { get; } = [.. Default, "end-user"];

    /// <summary>The same without credentials: for a service of somebody else, who could use what our own services trust.</summary>
    public static IReadOnlyList<string> WithoutCredentials { get; } = [.. WithEndUser.Except(["cookie", "authorization", "jwt"])];

    // A tracer that has made a span for the outgoing call writes these itself; the caller's would name the wrong parent.
    internal static bool IsTraceContext(string header) =>
        header is "traceparent" or "tracestate" or "b3" || header.StartsWith("x-b3-", StringComparison.Ordinal);
}
