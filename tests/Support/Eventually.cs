using System.Diagnostics;

namespace Bookinfo.Tests.Support;

/// <summary>Waits for a condition instead of for luck.</summary>
public static class Eventually
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <summary>Asks again and again until the condition holds.</summary>
    /// <param name="condition">What should come to hold.</param>
    /// <param name="what">What it is called when it never does.</param>
    /// <param name="timeout">How long to ask; 30 seconds where unset.</param>
    /// <exception cref="TimeoutException">It did not come to hold.</exception>
    public static Task HoldsAsync(Func<Task<bool>> condition, string what, TimeSpan? timeout = null) =>
        PollAsync(condition, () => $"Not so after {(timeout ?? Timeout).TotalSeconds} s: {what}", timeout);

    /// <inheritdoc cref="HoldsAsync(Func{Task{bool}}, string, TimeSpan?)"/>
    public static Task HoldsAsync(Func<bool> condition, string what, TimeSpan? timeout = null) =>
        HoldsAsync(() => Task.FromResult(condition()), what, timeout);

    /// <summary>Asks again and again until the condition holds.</summary>
    /// <param name="condition">What should come to hold.</param>
    /// <param name="otherwise">What is wrong when it never does.</param>
    /// <exception cref="TimeoutException">It did not come to hold within 30 seconds.</exception>
    public static Task UntilAsync(Func<bool> condition, string otherwise) =>
        PollAsync(() => Task.FromResult(condition()), () => $"After {Timeout.TotalSeconds} s: {otherwise}");

    private static async Task PollAsync(Func<Task<bool>> condition, Func<string> problem, TimeSpan? timeout = null)
    {
        var start = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(start) > (timeout ?? Timeout))
            {
                throw new TimeoutException(problem());
            }

            await Task.Delay(1);
        }
    }
}
