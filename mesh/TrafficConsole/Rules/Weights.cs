namespace Bookinfo.Mesh.TrafficConsole.Rules;

/// <summary>The weight of one destination of a route.</summary>
/// <param name="Subset">The subset it goes to.</param>
/// <param name="Value">The weight, 0 or more.</param>
internal readonly record struct Weight(string Subset, int Value);

/// <summary>The arithmetic of a shift.</summary>
internal static class Weights
{
    private const int Whole = 100;

    /// <summary>Moves part of the whole to one subset, from the others in proportion to what they have.</summary>
    /// <param name="weights">The weights before, not all 0.</param>
    /// <param name="target">The subset that gets more; it need not be among them.</param>
    /// <param name="percent">How much more, in percent of the whole; no more is moved than there is.</param>
    /// <returns>Percentages whose sum is 100, in the order of <paramref name="weights"/>; those that come to 0 are left out.</returns>
    public static IReadOnlyList<Weight> Move(IReadOnlyList<Weight> weights, string target, int percent)
    {
        var total = (double)weights.Sum(weight => (long)weight.Value);
        var before = weights.Where(weight => weight.Subset == target).Sum(weight => (long)weight.Value) * Whole / total;
        var after = Math.Min(Whole, (int)Math.Round(before, MidpointRounding.AwayFromZero) + percent);
        var others = weights
            .Where(weight => weight.Subset != target && weight.Value > 0)
            .GroupBy(weight => weight.Subset, (subset, same) => (Subset: subset, Value: same.Sum(weight => (long)weight.Value)))
            .ToList();
        var rest = Divide(Whole - after, [.. others.Select(other => other.Value)]);
        var shares = others.Select((other, at) => new Weight(other.Subset, rest[at])).Append(new Weight(target, after))
            .ToDictionary(weight => weight.Subset, weight => weight.Value);
        return [.. weights.Select(weight => weight.Subset).Append(target).Distinct().Where(subset => shares.GetValueOrDefault(subset) > 0)
            .Select(subset => new Weight(subset, shares[subset]))];
    }

    /// <summary>Divides a whole number in proportion, by largest remainder: the parts' sum is the number.</summary>
    private static int[] Divide(int number, long[] weights)
    {
        var total = (double)weights.Sum();
        var exact = weights.Select(weight => number * (weight / total)).ToArray();
        var parts = exact.Select(part => (int)part).ToArray();
        foreach (var at in Enumerable.Range(0, parts.Length).OrderByDescending(at => exact[at] - parts[at]).Take(number - parts.Sum()))
        {
            parts[at]++;
        }

        return parts;
    }
}
