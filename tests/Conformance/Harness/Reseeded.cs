using Bookinfo.Mesh.Proxy.Model;

namespace Bookinfo.Tests.Conformance.Harness;

/// <summary>Randomness that starts anew for each case, so that a case draws the same numbers alone and among others.</summary>
public sealed class Reseeded : Randomness
{
    private readonly Lock _lock = new();
    private Random _random = new(1);

    public void Seed(int seed)
    {
        lock (_lock)
        {
            _random = new Random(seed);
        }
    }

    public override long Next()
    {
        lock (_lock)
        {
            return _random.NextInt64();
        }
    }
}
