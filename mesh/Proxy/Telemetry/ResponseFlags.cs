using System.Collections.Concurrent;

namespace Bookinfo.Mesh.Proxy.Telemetry;

/// <summary>
/// What went wrong on the way, in Envoy's order. Source: <c>source/common/stream_info/utility.h: ResponseFlagUtils</c> of envoyproxy/envoy.
/// </summary>
[Flags]
internal enum ResponseFlags
{
    None = 0,

    /// <summary>UH: no healthy endpoint.</summary>
    NoHealthyUpstream = 1 << 0,

    /// <summary>UT: the route's time, or a try's, ran out.</summary>
    UpstreamRequestTimeout = 1 << 1,

    /// <summary>UR: the endpoint reset the stream.</summary>
    UpstreamRemoteReset = 1 << 2,

    /// <summary>UF: no connection to the endpoint.</summary>
    UpstreamConnectionFailure = 1 << 3,

    /// <summary>UC: the endpoint ended the connection.</summary>
    UpstreamConnectionTermination = 1 << 4,

    /// <summary>UO: a limit of the connection pool.</summary>
    UpstreamOverflow = 1 << 5,

    /// <summary>NR: no route.</summary>
    NoRouteFound = 1 << 6,

    /// <summary>DI: a delay on purpose.</summary>
    DelayInjected = 1 << 7,

    /// <summary>FI: an abort on purpose.</summary>
    FaultInjected = 1 << 8,

    /// <summary>DC: the caller went away.</summary>
    DownstreamConnectionTermination = 1 << 9,

    /// <summary>URX: no retry left.</summary>
    UpstreamRetryLimitExceeded = 1 << 10,

    /// <summary>DPE: the caller sent what is not HTTP.</summary>
    DownstreamProtocolError = 1 << 11,

    /// <summary>UPE: the endpoint sent what is not HTTP.</summary>
    UpstreamProtocolError = 1 << 12,

    /// <summary>NC: the rules name a destination that does not exist.</summary>
    NoClusterFound = 1 << 13,

    /// <summary>LR: the mesh itself gave the request up, by a fault of its own.</summary>
    LocalReset = 1 << 14,

    /// <summary>OM: the mesh has too many connections.</summary>
    OverloadManager = 1 << 15,
}

/// <summary>The short names that access logs and metrics use.</summary>
internal static class ResponseFlagNames
{
    private static readonly string[] Names = ["UH", "UT", "UR", "UF", "UC", "UO", "NR", "DI", "FI", "DC", "URX", "DPE", "UPE", "NC", "LR",
        "OM"];
    private static readonly ConcurrentDictionary<ResponseFlags, string> Texts = new();

    /// <summary><c>-</c> for none, else the names joined by commas: <c>UF,URX</c>.</summary>
    public static string Text(this ResponseFlags flags) => flags == ResponseFlags.None ? "-" : Texts.GetOrAdd(flags, Join);

    private static string Join(ResponseFlags flags) => string.Join(',', Names.Where((_, bit) => ((int)flags & (1 << bit)) != 0));
}
