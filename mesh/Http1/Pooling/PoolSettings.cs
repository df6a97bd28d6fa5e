namespace Bookinfo.Mesh.Http1.Pooling;

/// <summary>How connections are opened and kept.</summary>
/// <param name="ConnectTimeout">To open one.</param>
/// <param name="IdleTimeout">Until one that is not used is closed; infinite for never.</param>
/// <param name="MaxDuration">From opening until one is closed as soon as it is not used; infinite for never.</param>
/// <param name="MaxRequests">Exchanges on one connection; 0 for any number.</param>
/// <param name="Limits">How much a server may send.</param>
public sealed record PoolSettings(TimeSpan ConnectTimeout, TimeSpan IdleTimeout, TimeSpan MaxDuration, int MaxRequests, Http1Limits Limits)
{
    /// <summary>Istio's defaults: 10 s to connect, an hour idle, no other limit.</summary>
    public static PoolSettings Default { get; } =
        new(TimeSpan.FromSeconds(10), TimeSpan.FromHours(1), Timeout.InfiniteTimeSpan, 0, Http1Limits.Default);
}
