using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Proxy.Endpoints;
using Bookinfo.Mesh.Proxy.Model;
using Bookinfo.Mesh.Proxy.Requests;

namespace Bookinfo.Mesh.Proxy.LoadBalancing;

/// <summary>
/// A new endpoint gets its share bit by bit: a pick of one that is still warming up stands only as often as its weight says.
/// The weight is <c>max(minimumPercent, (age / duration) ^ (1 / aggression))</c>, as in Envoy's slow start
/// (https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/upstream/load_balancing/slow_start).
/// </summary>
internal sealed class WarmUpBalancer(ILoadBalancer inner, WarmupConfiguration warmUp, Randomness randomness, TimeProvider time)
    : ILoadBalancer
{
    /// <summary>Where everything is cold, somebody has to take the request.</summary>
    private const int MostRejections = 64;

    private readonly double _minimum = warmUp.MinimumPercent ?? 10;
    private readonly double _exponent = 1 / Math.Max(1, warmUp.Aggression ?? 1);

    public UpstreamHost? Pick(Exchange exchange)
    {
        var pick = inner.Pick(exchange);
        for (var i = 0; i < MostRejections && pick is not null && !randomness.Happens(WeightOf(pick)); i++)
        {
            pick = inner.Pick(exchange);
        }

        return pick;
    }

    /// <summary>Percent of the full share.</summary>
    internal double WeightOf(UpstreamHost host)
    {
        var age = (time.GetUtcNow() - host.Since) / warmUp.Duration;
        return age >= 1 ? 100 : Math.Max(_minimum, 100 * Math.Pow(Math.Max(0, age), _exponent));
    }
}
