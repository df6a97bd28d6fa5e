namespace Bookinfo.Mesh.TrafficConsole.Model;

/// <summary>Between which shares the true one lies, as far as a sample can tell.</summary>
/// <param name="Low">The lower end, 0 to 1.</param>
/// <param name="High">The upper end, 0 to 1.</param>
public readonly record struct ConfidenceInterval(double Low, double High)
{
    /// <summary>The two-sided 95 % quantile of the normal distribution.</summary>
    private const double Z = 1.959963984540054;

    /// <summary>
    /// Wilson's 95 % score interval of a share. Unlike the textbook's normal interval it stays within 0 and 1 and holds for small samples
    /// and for shares near 0, which is where a canary lives (E. B. Wilson, JASA 22, 1927).
    /// </summary>
    /// <param name="hits">How many of the sample.</param>
    /// <param name="size">The sample's size; an empty sample tells nothing, so its interval is 0 to 1.</param>
    public static ConfidenceInterval Wilson(long hits, long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(hits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(hits, size);
        if (size == 0)
        {
            return new ConfidenceInterval(0, 1);
        }

        var share = (double)hits / size;
        var scale = 1 + (Z * Z / size);
        var middle = (share + (Z * Z / (2 * size))) / scale;
        var half = Z / scale * Math.Sqrt((share * (1 - share) / size) + (Z * Z / (4.0 * size * size)));
        return new ConfidenceInterval(hits == 0 ? 0 : middle - half, hits == size ? 1 : middle + half);
    }

    /// <summary>True where the share is within the interval.</summary>
    /// <param name="share">0 to 1.</param>
    public bool Contains(double share) => share >= Low && share <= High;
}
