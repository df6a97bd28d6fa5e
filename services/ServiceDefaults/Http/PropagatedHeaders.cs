namespace Bookinfo.ServiceDefaults.Http;

/// <summary>
/// The request headers that a service copies from its caller to the services it calls, so that traces hold together and header matches of
/// the mesh work on every hop. The list is Bookinfo's own (istio/istio, <c>samples/bookinfo/src/reviews</c>) and W3C <c>baggage</c>.
/// </summary>
public static class PropagatedHeaders
{
    private static readonly string[] TraceContext =
        ["traceparent", "tracestate", "b3", "x-b3-traceid", "x-b3-spanid", "x-b3-parentspanid", "x-b3-sampled", "x-b3-flags"];

    private static readonly string[] Credentials = ["cookie", "authorization", "jwt"];

    /// <summary>What every service passes on. <c>end-user</c> is not among them: see <see cref="WithEndUser"/>.</summary>
    public static IReadOnlyList<string> Default { get; } =
    [
        "x-request-id", "x-ot-span-context", "x-datadog-trace-id", "x-datadog-parent-id", "x-datadog-sampling-priority", "baggage",
        "x-cloud-trace-context", "grpc-trace-bin", "sw8", "user-agent", .. TraceContext, .. Credentials,
    ];

    /// <summary>The same and <c>end-user</c>: for services behind the one that knows who is signed in.</summary>
    public static IReadOnlyList<string> WithEndUser { get; } = [.. Default, "end-user"];

    /// <summary>The same without credentials: for a service outside the system, which could use what our own services trust.</summary>
    public static IReadOnlyList<string> WithoutCredentials { get; } = [.. WithEndUser.Except(Credentials)];

    /// <summary>Leaves out what a tracer writes itself for each outgoing call: the caller's would name the wrong parent.</summary>
    internal static IEnumerable<string> BesideTracer(IEnumerable<string> headers) => headers.Except(TraceContext);
}
