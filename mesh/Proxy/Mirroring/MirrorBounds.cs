namespace Bookinfo.Mesh.Proxy.Mirroring;

/// <summary>What the copies of one mirror may take together.</summary>
internal sealed class MirrorBounds
{
    /// <summary>Copies that are under way at the same time.</summary>
    private const int MostCopies = 1024;

    /// <summary>Bytes of bodies that wait for the mirror's pods.</summary>
    private const long MostBytes = 64 * 1024 * 1024;

    private int _copies;
    private long _bytes;

    /// <summary>Takes a place for a copy, to be given back by <see cref="Leave"/>; false where there is none.</summary>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _copies) <= MostCopies)
        {
            return true;
        }

        Leave();
        return false;
    }

    /// <summary>Gives a place back.</summary>
    public void Leave() => Interlocked.Decrement(ref _copies);

    /// <summary>Takes room for bytes, to be given back by <see cref="Free"/>; false where there is none.</summary>
    public bool TryTake(int bytes)
    {
        if (Interlocked.Add(ref _bytes, bytes) <= MostBytes)
        {
            return true;
        }

        Free(bytes);
        return false;
    }

    /// <summary>Gives room back.</summary>
    public void Free(long bytes) => Interlocked.Add(ref _bytes, -bytes);
}
