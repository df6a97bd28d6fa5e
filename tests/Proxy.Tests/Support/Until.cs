namespace Bookinfo.Tests.Proxy.Support;

/// <summary>Waits for what must come to be.</summary>
internal static class Until
{
    /// <summary>Looks again and again, for twenty seconds at most, and fails the test when it never holds.</summary>
    public static async Task HoldsAsync(Func<bool> condition, string otherwise)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!condition())
        {
            Assert.False(timeout.IsCancellationRequested, otherwise);
            await Task.Delay(5);
        }
    }
}
