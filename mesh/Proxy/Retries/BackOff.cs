using Bookinfo.Mesh.Proxy.Model;

namespace Bookinfo.Mesh.Proxy.Retries;

/// <summary>
/// How long to wait before a retry: fully jittered in [0, (2^N - 1) * base), at most 10 * base.
/// Source: https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/router_filter#x-envoy-max-retries.
/// </summary>
internal static class BackOff
{
    /// <param name="retry">1 for the first retry.</param>
    /// <param name="base">The first interval, 25 ms by default.</param>
    /// <param name="randomness">Where the jitter comes from.</param>
    public static TimeSpan Next(int retry, TimeSpan @base, Randomness randomness)
    {
        var factor = retry >= 4 ? 10 : Math.Min(10, (1 << retry) - 1);
        return TimeSpan.FromTicks(randomness.Below(@base.Ticks * factor));
    }
}
