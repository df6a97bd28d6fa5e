using System.Diagnostics;

namespace Bookinfo.Tests.Conformance.Harness;

/// <summary>Waiting for a condition, never for luck.</summary>
public static class Wait
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Returns as soon as <paramref name="condition"/> holds; fails with <paramref name="otherwise"/> when it does not in ten seconds.
    /// </summary>
    public static async Task UntilAsync(Func<bool> condition, string otherwise)
    {
        var start = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < Patience, otherwise);
            await Task.Delay(1);
        }
    }
}
