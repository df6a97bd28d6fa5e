using Bookinfo.Mesh.Proxy.Model;

namespace Bookinfo.Tests.Proxy.Support;

/// <summary>Says the numbers it is given, over and over.</summary>
internal sealed class ScriptedRandomness(params long[] numbers) : Randomness
{
    private int _next;

    public override long Next() => numbers[_next++ % numbers.Length];
}
