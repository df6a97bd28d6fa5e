using System.Diagnostics;

namespace Bookinfo.Tests.Support;

/// <summary>Waits for a condition instead of for luck.</summary>
public static class Eventually
{
    /// <summary>Asks again and again until the condition holds.</summary>
    /// <param name="condition">What should come to hold.</param>
    /// <param name="what">What it is called when it never does.</param>
    /// <param name="patience">How long to ask; 30 seconds where unset.</param>
    /// <exception cref="TimeoutException">It did not come to hold.</exception>
    public static async Task HoldsAsync(Func<Task<bool>> condition, string what, TimeSpan? patience = null)
    {
        ArgumentNullException.ThrowIfNull(condition);
        var limit = patience ?? TimeSpan.FromSeconds(30);
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            if (watch.Elapsed > limit)
            {
                throw new TimeoutException($"Not so after {limit.TotalSeconds} s: {what}");
            }

            await Task.Delay(10);
        }
    }

    /// <inheritdoc cref="HoldsAsync(Func{Task{bool}}, string, TimeSpan?)"/>
    public static Task HoldsAsync(Func<bool> condition, string what, TimeSpan? patience = null) =>
        HoldsAsync(() => Task.FromResult(condition()), what, patience);
}
