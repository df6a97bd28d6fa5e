namespace Bookinfo.Tests.Support;

/// <summary>Draws what the test says, over and over.</summary>
/// <param name="draws">What <see cref="NextDouble"/> returns, one after the other.</param>
public sealed class ScriptedRandom(params double[] draws) : Random
{
    private int _next = -1;

    /// <inheritdoc/>
    public override double NextDouble() => draws[Interlocked.Increment(ref _next) % draws.Length];
}
