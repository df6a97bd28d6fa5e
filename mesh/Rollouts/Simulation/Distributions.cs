namespace Bookinfo.Mesh.Rollouts.Simulation;

/// <summary>Draws from distributions, and asks them.</summary>
internal static class Distributions
{
    /// <summary>Where a distribution is drawn term by term; above, its normal approximation is used.</summary>
    private const double Exact = 40;

    /// <summary>How many of a process' events happen where so many are expected.</summary>
    public static long Poisson(this Random random, double mean)
    {
        if (mean <= 0)
        {
            return 0;
        }

        if (mean > Exact)
        {
            return Math.Max(0, (long)Math.Round(mean + (Math.Sqrt(mean) * random.Normal())));
        }

        var (limit, product, count) = (Math.Exp(-mean), random.NextDouble(), 0L);
        while (product > limit)
        {
            product *= random.NextDouble();
            count++;
        }

        return count;
    }

    /// <summary>How many of a number hit, each with a chance.</summary>
    public static long Binomial(this Random random, long number, double chance)
    {
        if (number <= 0 || chance <= 0)
        {
            return 0;
        }

        if (chance >= 1)
        {
            return number;
        }

        if (chance > 0.5)
        {
            return number - random.Binomial(number, 1 - chance);
        }

        var mean = number * chance;
        if (mean > Exact)
        {
            return Math.Clamp((long)Math.Round(mean + (Math.Sqrt(mean * (1 - chance)) * random.Normal())), 0, number);
        }

        // From hit to hit: how many miss before it is drawn at once (L. Devroye, Non-Uniform Random Variate Generation, X.4).
        var (hits, at, log) = (0L, 0L, Math.Log(1 - chance));
        while (true)
        {
            at += (long)(Math.Log(1 - random.NextDouble()) / log) + 1;
            if (at > number)
            {
                return hits;
            }

            hits++;
        }
    }

    /// <summary>The chance that a log-normal value stays below a bound.</summary>
    /// <param name="bound">The bound.</param>
    /// <param name="median">The value's median, in the same unit.</param>
    /// <param name="spread">Standard deviation of its logarithm.</param>
    public static double LogNormal(double bound, double median, double spread) =>
        double.IsPositiveInfinity(bound) ? 1 : median <= 0 ? 1 : Normal((Math.Log(bound) - Math.Log(median)) / spread);

    /// <summary>A draw from the standard normal distribution (Box and Muller).</summary>
    private static double Normal(this Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    /// <summary>The standard normal distribution (M. Abramowitz, I. Stegun, 26.2.17; off by less than 1e-7).</summary>
    private static double Normal(double x)
    {
        var t = 1 / (1 + (0.2316419 * Math.Abs(x)));
        var tail = Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI) * t
            * (0.319381530 + (t * (-0.356563782 + (t * (1.781477937 + (t * (-1.821255978 + (t * 1.330274429))))))));
        return x >= 0 ? 1 - tail : tail;
    }
}
