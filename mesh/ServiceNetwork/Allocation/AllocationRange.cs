namespace Bookinfo.Mesh.ServiceNetwork.Allocation;

/// <summary>
/// Numbers that are given out as an API server gives out ClusterIPs and NodePorts: those that are asked for by number are best taken from
/// the lower band, and the others are drawn from the upper one as long as it has any
/// (<c>pkg/registry/core/service/allocator/bitmap.go</c>).
/// </summary>
public sealed class AllocationRange
{
    private readonly int _dynamic;

    private AllocationRange(int first, int size, int band) => (First, Size, _dynamic) = (first, size, band < size ? band : 0);

    /// <summary>
    /// 30000 to 32767, of which the first 86 are left to those who ask by number
    /// (<c>pkg/registry/core/service/portallocator/allocator.go: calculateRangeOffset</c>).
    /// </summary>
    public static AllocationRange NodePorts { get; } = new(30000, 2768, Math.Clamp(2768 / 32, 16, 128));

    /// <summary>The smallest number.</summary>
    public int First { get; }

    /// <summary>How many there are.</summary>
    public int Size { get; }

    /// <summary>
    /// The host numbers of a network of addresses, without its first and last one
    /// (<c>pkg/registry/core/service/ipallocator/ipallocator.go: calculateRangeOffset</c>).
    /// </summary>
    /// <param name="prefixLength">The network's length of prefix, at most 30.</param>
    public static AllocationRange Addresses(int prefixLength)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(prefixLength, 8);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(prefixLength, 30);
        var size = 1 << (32 - prefixLength);
        return new AllocationRange(1, size - 2, size <= 16 ? 0 : Math.Clamp(size / 16, 16, 256));
    }

    /// <summary>Whether a number is one of the range.</summary>
    public bool Contains(long number) => number >= First && number < First + Size;

    /// <summary>Draws a number that is free.</summary>
    /// <param name="isFree">Whether a number is.</param>
    /// <param name="random">Where it draws from.</param>
    /// <returns>The number; null where none is free.</returns>
    public int? Draw(Func<int, bool> isFree, Random random)
    {
        ArgumentNullException.ThrowIfNull(isFree);
        ArgumentNullException.ThrowIfNull(random);
        return Draw(_dynamic, Size - _dynamic, isFree, random) ?? Draw(0, _dynamic, isFree, random);
    }

    private int? Draw(int from, int count, Func<int, bool> isFree, Random random)
    {
        if (count == 0)
        {
            return null;
        }

        var start = random.Next(count);
        for (var i = 0; i < count; i++)
        {
            var number = First + from + ((start + i) % count);
            if (isFree(number))
            {
                return number;
            }
        }

        return null;
    }
}
