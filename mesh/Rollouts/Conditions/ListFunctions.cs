namespace Bookinfo.Mesh.Rollouts.Conditions;

/// <summary>What expr-lang computes of lists of numbers (expr-lang <c>builtin/lib.go</c>).</summary>
internal static class ListFunctions
{
    /// <summary>A whole number where all are.</summary>
    public static object Sum(IReadOnlyList<object?> items) => items.All(item => item is long)
        ? items.Aggregate(0L, (sum, item) => unchecked(sum + (long)item!))
        : Numbers("sum", items).Sum();

    /// <summary>The mean; 0 of nothing.</summary>
    public static object Mean(IReadOnlyList<object?> arguments) =>
        Numbers("mean", Flat(arguments)) is { Count: > 0 } numbers ? numbers.Average() : 0.0;

    /// <summary>The middle one, or the mean of the two in the middle; 0 of nothing.</summary>
    public static object Median(IReadOnlyList<object?> arguments)
    {
        var sorted = Numbers("median", Flat(arguments)).Order().ToList();
        return sorted.Count == 0 ? 0.0
            : sorted.Count % 2 == 1 ? sorted[sorted.Count / 2]
            : (sorted[(sorted.Count / 2) - 1] + sorted[sorted.Count / 2]) / 2;
    }

    /// <summary>The least or the greatest of numbers and of lists of them.</summary>
    /// <param name="function"><c>min</c> or <c>max</c>.</param>
    /// <param name="arguments">What it is given.</param>
    /// <exception cref="ConditionException">There is none.</exception>
    public static object? Extreme(string function, IReadOnlyList<object?> arguments)
    {
        var items = Flat(arguments);
        var numbers = Numbers(function, items);
        if (numbers.Count == 0)
        {
            throw new ConditionException($"not enough arguments to call {function}");
        }

        var wanted = function == "min" ? numbers.Min() : numbers.Max();
        var at = numbers.FindIndex(number => number.Equals(wanted));
        return items[at];
    }

    private static List<object?> Flat(IEnumerable<object?> arguments) => [.. arguments.SelectMany(argument =>
        ConditionValues.TryItems(argument) is { } items ? Flat(items) : [argument])];

    private static List<double> Numbers(string function, IEnumerable<object?> items) => [.. items.Select(item =>
        ConditionValues.Number(item)
            ?? throw new ConditionException($"invalid argument for {function} (type {ConditionValues.TypeOf(item)})"))];
}
