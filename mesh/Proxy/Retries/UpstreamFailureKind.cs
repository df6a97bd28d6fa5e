namespace Bookinfo.Mesh.Proxy.Retries;

/// <summary>Why an attempt brought no answer.</summary>
internal enum UpstreamFailureKind
{
    /// <summary>No connection.</summary>
    Connect,

    /// <summary>The endpoint ended the connection.</summary>
    Termination,

    /// <summary>The endpoint reset the stream.</summary>
    Reset,

    /// <summary>The endpoint refused the stream before it looked at it.</summary>
    RefusedStream,

    /// <summary>The endpoint sent what is no HTTP.</summary>
    Protocol,

    /// <summary>The route's time ran out.</summary>
    Timeout,

    /// <summary>A try's time ran out.</summary>
    PerTryTimeout,

    /// <summary>No endpoint is healthy.</summary>
    NoHealthyUpstream,

    /// <summary>A limit of the connection pool.</summary>
    Overflow,

    /// <summary>The caller went away.</summary>
    CallerGone,

    /// <summary>The caller sent what is no HTTP.</summary>
    CallerError,
}
