using System.Diagnostics;
using Bookinfo.Benchmarks.Processes;

namespace Bookinfo.Benchmarks.Load;

/// <summary>What one round of requests took.</summary>
/// <param name="RequestsPerSecond">By the wall clock, as far as generator and server share this machine.</param>
/// <param name="CpuMicroseconds">The CPU time of the server's process, user and system, per request: it hardly depends on what else
/// runs.</param>
internal readonly record struct Round(double RequestsPerSecond, double CpuMicroseconds);

/// <summary>Measures a server process under load.</summary>
internal static class Measurement
{
    /// <summary>Sends a round and measures it.</summary>
    /// <param name="process">The process whose CPU time counts.</param>
    /// <param name="load">The requests.</param>
    /// <param name="requests">How many.</param>
    /// <exception cref="InvalidOperationException">A request failed: such a round measures something else.</exception>
    public static async Task<Round> RunAsync(ServerProcess process, ILoad load, int requests)
    {
        var cpu = process.CpuTime;
        var clock = Stopwatch.StartNew();
        var failed = await load.SendAsync(requests);
        clock.Stop();
        return failed.Total == 0
            ? new Round(requests / clock.Elapsed.TotalSeconds, (process.CpuTime - cpu).TotalMicroseconds / requests)
            : throw new InvalidOperationException($"{failed.Total} of {requests} requests to {load.What} failed: {failed}");
    }

    /// <summary>The median round, by CPU time and by requests per second apart.</summary>
    public static Round Median(IReadOnlyCollection<Round> rounds) =>
        new(Middle(rounds.Select(round => round.RequestsPerSecond)), Middle(rounds.Select(round => round.CpuMicroseconds)));

    /// <summary>How many times the CPU of others one needs: the median of the turns, whose rounds had the same machine.</summary>
    /// <param name="rounds">One's rounds.</param>
    /// <param name="others">The other's, of the same turns.</param>
    public static double Ratio(IEnumerable<Round> rounds, IEnumerable<Round> others) =>
        Middle(rounds.Zip(others, (one, other) => one.CpuMicroseconds / other.CpuMicroseconds));

    private static double Middle(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
