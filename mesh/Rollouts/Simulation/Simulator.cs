using Bookinfo.Mesh.Rollouts.Analysis;
using Bookinfo.Mesh.Rollouts.Control;
using Bookinfo.Mesh.Rollouts.Model;
using Bookinfo.Mesh.Rollouts.Plans;
using Bookinfo.Mesh.Rollouts.Routing;

namespace Bookinfo.Mesh.Rollouts.Simulation;

/// <summary>
/// Runs a canary many times against models of releases, under a virtual clock: the same controller, the same queries, the same conditions
/// as on the mesh.
/// </summary>
/// <param name="plan">What is run.</param>
/// <param name="options">What is assumed.</param>
public sealed class Simulator(RolloutPlan plan, SimulationOptions options)
{
    /// <summary>How often counters are read before a canary begins, at most: a query that looks back for days needs no more.</summary>
    private const int MostReadBefore = 1000;

    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Runs all canaries of a good release and of a bad one.</summary>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="OperationCanceledException">It was ended early.</exception>
    public SimulationResult Run(CancellationToken cancellation) => new(
        Outcomes(options.Good, options.Seed, cancellation), Outcomes(options.Bad, unchecked(options.Seed + 1_000_003), cancellation));

    private SimulatedOutcomes Outcomes(ReleaseModel release, int seed, CancellationToken cancellation)
    {
        var runs = new SimulatedRun[options.Runs];
        var tallies = new IReadOnlyCollection<MetricTally>[options.Runs];
        Parallel.For(0, options.Runs, new ParallelOptions { CancellationToken = cancellation },
            at => (runs[at], tallies[at]) = One(release, new Random(unchecked((seed * 7919) + at))));
        return new SimulatedOutcomes(release, runs, [.. tallies.SelectMany(one => one).GroupBy(tally => tally.Name, StringComparer.Ordinal)
            .Select(same => same.Aggregate((sum, one) => sum.Add(one))).OrderBy(tally => tally.Name, StringComparer.Ordinal)]);
    }

    private (SimulatedRun Run, IReadOnlyCollection<MetricTally> Tallies) One(ReleaseModel release, Random random)
    {
        var traffic = new SimulatedTraffic(plan, options.Stable, release, options.Rate, random);
        var provider = new TallyingProvider(new QueryProvider(traffic.Samples, options.FewestRequests));
        var run = new RolloutRun(plan, new NoRoutes(), provider);
        var (now, range) = (Start, plan.LongestRange + options.ScrapeInterval);
        WarmUp(traffic, range);
        run.Reconcile(now);
        Promote(run, now);
        while (!run.IsOver && now - Start < options.Longest && run.Next(now) is { } next)
        {
            // Counters are read between the moments at which something is due, never after them.
            var until = now + options.ScrapeInterval;
            if (next <= until)
            {
                traffic.Run(next - now, run.Weight, next);
                now = next;
                run.Reconcile(now);
                Promote(run, now);
            }
            else
            {
                traffic.Run(options.ScrapeInterval, run.Weight, until);
                now = until;
            }

            traffic.Samples.Forget(now - range);
        }

        var end = run.IsPromoted ? SimulatedEnd.Promoted : run.IsAborted ? SimulatedEnd.RolledBack : SimulatedEnd.Waiting;
        return (new SimulatedRun(end, now - Start, traffic.CanaryRequests), provider.Tallies);
    }

    /// <summary>Requests to the release that is there come before the canary begins, as far back as its queries look.</summary>
    private void WarmUp(SimulatedTraffic traffic, TimeSpan range)
    {
        var reads = (int)Math.Min(MostReadBefore, Math.Ceiling(range / options.ScrapeInterval));
        traffic.Read(Start - (reads * options.ScrapeInterval));
        for (var left = reads - 1; left >= 0; left--)
        {
            traffic.Run(options.ScrapeInterval, 0, Start - (left * options.ScrapeInterval));
        }
    }

    /// <summary>Ends waits for a person, one after the other, where that is asked for.</summary>
    private void Promote(RolloutRun run, DateTimeOffset now)
    {
        while (options.Promotes && run is { IsOver: false, PausedUntil: null, PauseReasons: [PauseReason.CanaryPauseStep] })
        {
            run.Promote(now);
        }
    }

    /// <summary>Weights are all that a model of traffic knows.</summary>
    private sealed class NoRoutes : IRoutes
    {
        public void SetWeight(int percent)
        {
            // The traffic asks the run for the weight.
        }

        public void SetHeaderRoute(SetHeaderRouteStep route)
        {
            // The model's requests have no headers.
        }

        public void SetMirrorRoute(SetMirrorRouteStep route)
        {
            // Copies are not counted.
        }

        public void RollBack()
        {
            // The run is over.
        }

        public void Promote()
        {
            // The run is over.
        }
    }
}
