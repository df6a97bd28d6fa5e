namespace Bookinfo.Mesh.Istio.Model;

/// <summary>
/// How a pod is picked. At most one of <see cref="Simple"/> and <see cref="ConsistentHash"/> is set; neither means
/// <see cref="SimpleLb.LeastRequest"/>.
/// </summary>
public sealed record LoadBalancerSettings
{
    /// <summary>A policy without settings of its own.</summary>
    public SimpleLb? Simple { get; init; }

    /// <summary>The same key goes to the same pod.</summary>
    public ConsistentHashLb? ConsistentHash { get; init; }

    /// <summary>A new pod gets its share bit by bit. Also set from the deprecated <c>warmupDurationSecs</c>.</summary>
    public WarmupConfiguration? Warmup { get; init; }
}

/// <summary>Policies of load balancing without settings.</summary>
public enum SimpleLb
{
    /// <summary>As <see cref="LeastRequest"/>.</summary>
    Unspecified,

    /// <summary>Any pod.</summary>
    Random,

    /// <summary>The address the caller dialled, without load balancing.</summary>
    Passthrough,

    /// <summary>One after the other.</summary>
    RoundRobin,

    /// <summary>The one of two random pods with fewer requests in flight. Also read from the deprecated <c>LEAST_CONN</c>.</summary>
    LeastRequest,
}

/// <summary>The same key goes to the same pod. One of the four keys is set.</summary>
public sealed record ConsistentHashLb
{
    /// <summary>The key is this request header.</summary>
    public string? HttpHeaderName { get; init; }

    /// <summary>The key is this cookie.</summary>
    public HttpCookie? HttpCookie { get; init; }

    /// <summary>The key is the caller's address.</summary>
    public bool UseSourceIp { get; init; }

    /// <summary>The key is this query parameter.</summary>
    public string? HttpQueryParameterName { get; init; }

    /// <summary>Ring hash, the default. Also set from the deprecated <c>minimumRingSize</c>.</summary>
    public RingHash? RingHash { get; init; }

    /// <summary>Maglev. Not together with <see cref="RingHash"/>.</summary>
    public MagLev? Maglev { get; init; }
}

/// <summary>A cookie as key.</summary>
public sealed record HttpCookie
{
    /// <summary>The cookie's name.</summary>
    public required string Name { get; init; }

    /// <summary>Path of the cookie that the proxy sets.</summary>
    public string? Path { get; init; }

    /// <summary>Where set, the proxy makes the cookie for callers without it; zero makes it a session cookie.</summary>
    public TimeSpan? Ttl { get; init; }

    /// <summary>Further attributes of the cookie that the proxy sets.</summary>
    public IReadOnlyList<HttpCookieAttribute> Attributes { get; init => field = Values.List(value); } = Values.None<HttpCookieAttribute>();
}

/// <summary>An attribute of a cookie: <c>SameSite=Strict</c>.</summary>
public sealed record HttpCookieAttribute
{
    /// <summary>The attribute's name.</summary>
    public required string Name { get; init; }

    /// <summary>The attribute's value; null writes the name only.</summary>
    public string? Value { get; init; }
}

/// <summary>Ring hash.</summary>
public sealed record RingHash
{
    /// <summary>At least so many points on the ring; null is 1024.</summary>
    public ulong? MinimumRingSize { get; init; }
}

/// <summary>Maglev.</summary>
public sealed record MagLev
{
    /// <summary>Size of the table, a prime up to 5000011; null is 65537.</summary>
    public ulong? TableSize { get; init; }
}

/// <summary>A new pod gets its share bit by bit.</summary>
public sealed record WarmupConfiguration
{
    /// <summary>How long it takes to the full share.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Share to begin with, in percent of the full one; null is 10.</summary>
    public double? MinimumPercent { get; init; }

    /// <summary>Shape of the rise, at least 1; null is 1, a straight line.</summary>
    public double? Aggression { get; init; }
}
