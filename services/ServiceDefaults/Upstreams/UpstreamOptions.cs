namespace Bookinfo.ServiceDefaults.Upstreams;

/// <summary>A service that this one calls.</summary>
public sealed record UpstreamOptions
{
    /// <summary>Its name: the key under which the client is registered, and what messages call it.</summary>
    public required string Name { get; init; }

    /// <summary>Scheme, host and port, for example <c>http://ratings:9080</c>.</summary>
    public required Uri Address { get; init; }

    /// <summary>How long a whole call may take, body and all tries included. Holds whoever owns resilience: it is the service's own promise to its caller.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>The caller's headers that are passed on, in lower case.</summary>
    public IReadOnlyList<string> Headers { get; init; } = ForwardedHeaders.Default;

    /// <summary>The longest answer that is taken, in bytes; a longer one counts as a failure.</summary>
    public int LongestAnswer { get; init; } = 1024 * 1024;
}
