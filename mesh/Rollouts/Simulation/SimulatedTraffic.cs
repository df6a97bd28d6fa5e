using Bookinfo.Mesh.Rollouts.Plans;
using Bookinfo.Mesh.Rollouts.Queries;

namespace Bookinfo.Mesh.Rollouts.Simulation;

/// <summary>
/// The requests to two releases, as counters of Istio's metrics: how many there are in a span of time is drawn (Poisson), and so is how
/// many of them fail and how long they take. Both sides of the mesh count them.
/// </summary>
internal sealed class SimulatedTraffic
{
    private static readonly double[] Bounds =
        [0.5, 1, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10000, 30000, 60000, 300000, 600000, 1800000, 3600000];

    /// <summary>Standard deviation of the logarithm of a duration.</summary>
    private const double Spread = 0.3;

    private readonly Random _random;
    private readonly double _rate;
    private readonly ReleaseTraffic _stable;
    private readonly ReleaseTraffic _canary;

    public SimulatedTraffic(RolloutPlan plan, ReleaseModel stable, ReleaseModel canary, double rate, Random random)
    {
        (_random, _rate) = (random, rate);

        // Where no subsets stand for the releases, requests to each of them are requests to a Service of its own.
        var (strategy, releases, space) = (plan.Rollout.Canary, plan.Releases, plan.Rollout.Namespace);
        var isByService = strategy.Istio is { DestinationRule: null };
        _stable = new ReleaseTraffic(this, space, (isByService ? strategy.StableService : null) ?? releases.Service, releases.From, stable);
        _canary = new ReleaseTraffic(this, space, (isByService ? strategy.CanaryService : null) ?? releases.Service, releases.To, canary);
    }

    public SampleStore Samples { get; } = new();

    /// <summary>How many requests the canary had to answer.</summary>
    public long CanaryRequests => _canary.Requests;

    /// <summary>Lets requests come for a while, and reads the counters at the end.</summary>
    public void Run(TimeSpan span, int weight, DateTimeOffset end)
    {
        _canary.Answer(_random.Poisson(_rate * span.TotalSeconds * weight / 100));
        _stable.Answer(_random.Poisson(_rate * span.TotalSeconds * (100 - weight) / 100));
        Read(end);
    }

    /// <summary>Reads the counters.</summary>
    public void Read(DateTimeOffset at)
    {
        _stable.Read(at);
        _canary.Read(at);
    }

    /// <summary>The counters of one release.</summary>
    private sealed class ReleaseTraffic
    {
        private readonly SimulatedTraffic _traffic;
        private readonly string _namespace;
        private readonly ReleaseModel _model;
        private readonly double[] _chances;
        private readonly (Series Good, Series Bad)[] _requests;
        private readonly (Series Bucket, int Bound)[] _buckets;
        private readonly Series[] _sums, _counts;
        private readonly long[] _byBucket = new long[Bounds.Length + 1];
        private long _failed;

        public ReleaseTraffic(SimulatedTraffic traffic, string @namespace, string service, string version, ReleaseModel model)
        {
            (_traffic, _namespace, _model) = (traffic, @namespace, model);
            _chances = [.. Bounds.Append(double.PositiveInfinity).Select(bound =>
                Distributions.LogNormal(bound, model.Latency.TotalMilliseconds, Spread))];
            string[] reporters = ["source", "destination"];
            _requests = [.. reporters.Select(reporter => (
                Series(MetricNames.Requests, reporter, service, version, "200"),
                Series(MetricNames.Requests, reporter, service, version, "503")))];
            _buckets = [.. reporters.SelectMany(reporter => Bounds.Append(double.PositiveInfinity).Select((bound, at) => (
                Series(MetricNames.DurationBucket, reporter, service, version, "200", bound), at)))];
            _sums = [.. reporters.Select(reporter => Series(MetricNames.DurationSum, reporter, service, version, "200"))];
            _counts = [.. reporters.Select(reporter => Series(MetricNames.DurationCount, reporter, service, version, "200"))];
        }

        public long Requests { get; private set; }

        public void Answer(long requests)
        {
            var failed = _traffic._random.Binomial(requests, _model.ErrorRate);
            Requests += requests;
            _failed += failed;
            var (left, below) = (requests, 0.0);
            for (var i = 0; i < _byBucket.Length && left > 0; i++)
            {
                // Of those that took longer than the bucket below, so many end in this one.
                var chance = below >= 1 ? 1 : (_chances[i] - below) / (1 - below);
                var here = i == _byBucket.Length - 1 ? left : _traffic._random.Binomial(left, chance);
                _byBucket[i] += here;
                left -= here;
                below = _chances[i];
            }
        }

        public void Read(DateTimeOffset at)
        {
            foreach (var (good, bad) in _requests)
            {
                good.Append(at, Requests - _failed);
                bad.Append(at, _failed);
            }

            var below = 0L;
            foreach (var (bucket, bound) in _buckets)
            {
                below = bound == 0 ? _byBucket[0] : below + _byBucket[bound];
                bucket.Append(at, below);
            }

            Array.ForEach(_sums, sum => sum.Append(at, Requests * _model.Latency.TotalMilliseconds));
            Array.ForEach(_counts, count => count.Append(at, Requests));
        }

        private Series Series(string metric, string reporter, string service, string version, string code, double? bound = null)
        {
            var labels = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["reporter"] = reporter,
                ["destination_service"] = $"{service}.{_namespace}.svc.cluster.local",
                ["destination_service_name"] = service,
                ["destination_service_namespace"] = _namespace,
                ["destination_app"] = service,
                ["destination_version"] = version,
                ["destination_workload"] = $"{service}-{version}",
                ["destination_workload_namespace"] = _namespace,
                ["destination_canonical_service"] = service,
                ["destination_canonical_revision"] = version,
                ["request_protocol"] = "http",
                ["response_code"] = code,
                ["response_flags"] = "-",
            };
            if (bound is { } upper)
            {
                labels[MetricNames.UpperBound] = double.IsPositiveInfinity(upper) ? "+Inf"
                    : upper.ToString(System.Globalization.CultureInfo.InvariantCulture);
            }

            return _traffic.Samples.Series(metric, labels);
        }
    }
}
