using Bookinfo.Mesh.Proxy.Endpoints;

namespace Bookinfo.Mesh.Proxy.Outliers;

/// <summary>
/// The circuit breaker. Ejection is immediate; return is on a sweep of the interval, which needs no timer: the sweep on which an endpoint
/// returns is known when it is ejected. Source: <c>source/common/upstream/outlier_detection_impl.cc</c> of envoyproxy/envoy.
/// </summary>
internal sealed class OutlierDetector(OutlierSettings settings, UpstreamHost[] hosts, DateTimeOffset started, TimeProvider time)
{
    private readonly Lock _ejecting = new();
    private long _version;

    /// <summary>Changes with each ejection.</summary>
    public long Version => Volatile.Read(ref _version);

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Takes note of an answer.</summary>
    /// <returns>Whether the endpoint is ejected for it.</returns>
    public bool Answered(UpstreamHost host, int status)
    {
        var health = host.Health;
        if (settings.SplitsLocalFailures)
        {
            Reset(ref health.ConsecutiveLocalFailures);
        }

        return Count(host, settings.IsError(status), status is >= 502 and <= 504);
    }

    /// <summary>Takes note of a try without an answer: like a 5xx, or on its own account where the rules say so.</summary>
    /// <returns>Whether the endpoint is ejected for it.</returns>
    public bool Failed(UpstreamHost host) => settings.SplitsLocalFailures
        ? Reaches(ref host.Health.ConsecutiveLocalFailures, settings.ConsecutiveLocalFailures) && Eject(host)
        : Count(host, isError: true, isGatewayError: true);

    /// <summary>The endpoints that requests may go to, and until when that is sure; none where all are ejected.</summary>
    public (UpstreamHost[] Hosts, DateTimeOffset Until) Healthy(DateTimeOffset now)
    {
        var healthy = Array.FindAll(hosts, host => !host.Health.IsEjected(now));
        var until = hosts.Where(host => host.Health.IsEjected(now)).Select(host => host.Health.EjectedUntil)
            .DefaultIfEmpty(DateTimeOffset.MaxValue.UtcTicks).Min();
        // With too few left, Envoy panics and uses them all; Istio's default of 0 % never does.
        var panics = hosts.Length > 0 && 100.0 * healthy.Length / hosts.Length < settings.MinHealthPercent;
        return (panics ? hosts : healthy, new DateTimeOffset(until, TimeSpan.Zero));
    }

    private static void Reset(ref int counter)
    {
        if (Volatile.Read(ref counter) != 0)
        {
            Volatile.Write(ref counter, 0);
        }
    }

    private static bool Reaches(ref int counter, int threshold) => threshold > 0 && Interlocked.Increment(ref counter) == threshold;

    private bool Count(UpstreamHost host, bool isError, bool isGatewayError)
    {
        var health = host.Health;
        if (!isError)
        {
            Reset(ref health.Consecutive5xx);
            Reset(ref health.ConsecutiveGatewayErrors);
            return false;
        }

        var ejects = Reaches(ref health.Consecutive5xx, settings.Consecutive5xx);
        if (isGatewayError)
        {
            ejects |= Reaches(ref health.ConsecutiveGatewayErrors, settings.ConsecutiveGatewayErrors);
        }
        else
        {
            Reset(ref health.ConsecutiveGatewayErrors);
        }

        return ejects && Eject(host);
    }

    private bool Eject(UpstreamHost host)
    {
        lock (_ejecting)
        {
            var now = Now;
            var health = host.Health;
            Reset(ref health.Consecutive5xx);
            Reset(ref health.ConsecutiveGatewayErrors);
            Reset(ref health.ConsecutiveLocalFailures);
            if (health.IsEjected(now))
            {
                return false;
            }

            var ejected = hosts.Count(other => other.Health.IsEjected(now));
            if (100.0 * (ejected + 1) / hosts.Length > settings.MaxEjectionPercent)
            {
                return false;
            }

            health.Multiplier = Math.Max(0, health.Multiplier - HealthySweeps(health, now)) + 1;
            health.Ejections++;
            health.EjectedUntil = SweepAtOrAfter(now + settings.EjectionTime(health.Multiplier)).UtcTicks;
            Interlocked.Increment(ref _version);
            return true;
        }
    }

    private int HealthySweeps(HostHealth health, DateTimeOffset now) =>
        health.Ejections == 0 ? 0 : (int)Math.Min(int.MaxValue, (now.UtcTicks - health.EjectedUntil) / settings.Interval.Ticks);

    private DateTimeOffset SweepAtOrAfter(DateTimeOffset moment)
    {
        var sweeps = (long)Math.Ceiling((moment - started) / settings.Interval);
        return started + (settings.Interval * sweeps);
    }
}
