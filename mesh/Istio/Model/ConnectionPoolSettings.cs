namespace Bookinfo.Mesh.Istio.Model;

/// <summary>Limits of one caller towards one destination: the bulkhead. A limit that is null or 0 is none (2^32 - 1).</summary>
public sealed record ConnectionPoolSettings
{
    /// <summary>Connections.</summary>
    public TcpSettings? Tcp { get; init; }

    /// <summary>Requests.</summary>
    public HttpSettings? Http { get; init; }
}

/// <summary>Limits and times of connections.</summary>
public sealed record TcpSettings
{
    /// <summary>Most connections.</summary>
    public int? MaxConnections { get; init; }

    /// <summary>Time to connect; null is 10 s.</summary>
    public TimeSpan? ConnectTimeout { get; init; }

    /// <summary>TCP keep-alive.</summary>
    public TcpKeepalive? TcpKeepalive { get; init; }

    /// <summary>A connection ends after this time; null is never.</summary>
    public TimeSpan? MaxConnectionDuration { get; init; }

    /// <summary>A connection without traffic ends after this time; null is 1 h.</summary>
    public TimeSpan? IdleTimeout { get; init; }
}

/// <summary>TCP keep-alive (SO_KEEPALIVE).</summary>
public sealed record TcpKeepalive
{
    /// <summary>Probes without answer before the connection counts as dead; null is the system's.</summary>
    public int? Probes { get; init; }

    /// <summary>Time without traffic before the first probe; null is the system's.</summary>
    public TimeSpan? Time { get; init; }

    /// <summary>Time between probes; null is the system's.</summary>
    public TimeSpan? Interval { get; init; }
}

/// <summary>Limits and times of requests.</summary>
public sealed record HttpSettings
{
    /// <summary>Most requests that wait for a connection.</summary>
    public int? Http1MaxPendingRequests { get; init; }

    /// <summary>Most requests in flight, for HTTP/1.1 and HTTP/2 alike.</summary>
    public int? Http2MaxRequests { get; init; }

    /// <summary>Most requests on one connection; 1 switches keep-alive off.</summary>
    public int? MaxRequestsPerConnection { get; init; }

    /// <summary>Most retries in flight.</summary>
    public int? MaxRetries { get; init; }

    /// <summary>A connection without requests ends after this time; null is 1 h.</summary>
    public TimeSpan? IdleTimeout { get; init; }

    /// <summary>Whether HTTP/1.1 requests go on as HTTP/2.</summary>
    public H2UpgradePolicy? H2UpgradePolicy { get; init; }

    /// <summary>The request goes on in the version it came in.</summary>
    public bool UseClientProtocol { get; init; }

    /// <summary>Most streams at once on an HTTP/2 connection.</summary>
    public int? MaxConcurrentStreams { get; init; }

    /// <summary>HTTP/2 pings.</summary>
    public ConnectionKeepalive? Http2KeepAlive { get; init; }
}

/// <summary>HTTP/2 pings.</summary>
public sealed record ConnectionKeepalive
{
    /// <summary>Time between pings.</summary>
    public TimeSpan? Interval { get; init; }

    /// <summary>Time for the answer.</summary>
    public TimeSpan? Timeout { get; init; }
}

/// <summary>Whether HTTP/1.1 requests go on as HTTP/2.</summary>
public enum H2UpgradePolicy
{
    /// <summary>As the mesh is set up: no.</summary>
    Default,

    /// <summary>No.</summary>
    DoNotUpgrade,

    /// <summary>Yes.</summary>
    Upgrade,
}
