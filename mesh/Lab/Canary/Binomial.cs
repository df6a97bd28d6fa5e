namespace Bookinfo.Mesh.Lab.Canary;

/// <summary>The exact binomial distribution, for samples too small for an approximation.</summary>
internal static class Binomial
{
    /// <summary>How likely at least that many hits are in a sample where each one is a hit with the given chance.</summary>
    /// <param name="hits">The least number of hits.</param>
    /// <param name="size">The sample's size.</param>
    /// <param name="chance">The chance of each, 0 to 1.</param>
    public static double AtLeast(long hits, long size, double chance)
    {
        if (hits <= 0)
        {
            return 1;
        }

        if (hits > size || chance <= 0)
        {
            return 0;
        }

        if (chance >= 1)
        {
            return 1;
        }

        // From the first term of the tail on, in logarithms, because (1 - chance)^size underflows for a few thousand requests.
        var odds = Math.Log(chance) - Math.Log(1 - chance);
        var term = size * Math.Log(1 - chance);
        for (long i = 0; i < hits; i++)
        {
            term += Math.Log((double)(size - i) / (i + 1)) + odds;
        }

        var sum = 0.0;
        for (var i = hits; i <= size; i++)
        {
            sum += Math.Exp(term);
            term += i < size ? Math.Log((double)(size - i) / (i + 1)) + odds : 0;
        }

        return Math.Min(1, sum);
    }
}
