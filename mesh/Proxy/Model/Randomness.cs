namespace Bookinfo.Mesh.Proxy.Model;

/// <summary>The mesh's only source of chance, so that a test can script it. Used by many requests at once.</summary>
public abstract class Randomness
{
    /// <summary>The process's own thread-safe generator.</summary>
    public static Randomness Shared { get; } = new SharedRandomness();

    /// <summary>A generator that gives the same numbers for the same seed as long as its calls come in the same order.</summary>
    public static Randomness Seeded(int seed) => new SeededRandomness(seed);

    /// <summary>The next number of all 64 bits that are not the sign: 0 up to, but without, 2^63.</summary>
    public abstract long Next();

    /// <summary>A number from 0 up to, but without, <paramref name="bound"/>: <c>random % bound</c>, as Envoy draws.</summary>
    internal long Below(long bound) => bound <= 1 ? 0 : Next() % bound;

    /// <summary>
    /// Whether something that happens in <paramref name="percent"/> of 100 cases happens now; a millionth is the finest step, as in Envoy.
    /// </summary>
    internal bool Happens(double percent) => percent > 0 && (percent >= 100 || Below(1_000_000) < (long)(percent * 10_000));

    private sealed class SharedRandomness : Randomness
    {
        public override long Next() => Random.Shared.NextInt64();
    }

    private sealed class SeededRandomness(int seed) : Randomness
    {
        private readonly Random _random = new(seed);
        private readonly Lock _lock = new();

        public override long Next()
        {
            lock (_lock)
            {
                return _random.NextInt64();
            }
        }
    }
}
