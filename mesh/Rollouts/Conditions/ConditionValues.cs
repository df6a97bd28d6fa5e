using System.Globalization;
using Bookinfo.Mesh.Istio.Expressions;

namespace Bookinfo.Mesh.Rollouts.Conditions;

/// <summary>
/// What the operators of expr-lang do: whole numbers (<see cref="long"/>) and fractions (<see cref="double"/>) mix, a division is a
/// fraction, nothing else is converted.
/// </summary>
internal static class ConditionValues
{
    /// <summary>Before <c>in</c>, <c>contains</c> and the like, it turns their answer.</summary>
    public const string Negation = "not ";

    /// <summary>As many elements as expr-lang's memory budget allows in one range (expr-lang <c>vm/vm.go: MemoryBudget</c>).</summary>
    private const ulong LongestRange = 1_000_000;

    /// <summary>The name of a value's type as Go prints it.</summary>
    public static string TypeOf(object? value) => value switch
    {
        null => "nil",
        bool => "bool",
        long => "int",
        double => "float64",
        string => "string",
        IReadOnlyList<double> => "[]float64",
        IReadOnlyList<object?> => "[]interface {}",
        _ => "map[string]interface {}",
    };

    public static bool Truth(object? value, string op) => value is bool truth
        ? truth
        : throw new ConditionException($"invalid operation: {op} (mismatched type {TypeOf(value)})");

    public static object Negate(object? value) => value switch
    {
        long number => -number,
        double number => -number,
        _ => throw new ConditionException($"invalid operation: - (mismatched type {TypeOf(value)})"),
    };

    public static object Binary(string op, object? left, object? right) => op switch
    {
        "==" => AreEqual(left, right, op),
        "!=" => !AreEqual(left, right, op),
        "in" => IsIn(left, right),
        "contains" or "startsWith" or "endsWith" or "matches" when left is string one && right is string other => Texts(op, one, other),
        _ when op.StartsWith(Negation, StringComparison.Ordinal) => !(bool)Binary(op[Negation.Length..], left, right),
        ".." when left is long one && right is long other => Range(one, other),
        "+" when left is string one && right is string other => one + other,
        "<" or ">" or "<=" or ">=" when left is string one && right is string other => Compare(op, string.CompareOrdinal(one, other)),
        _ when left is long one && right is long other => Whole(op, one, other),
        _ when Number(left) is { } one && Number(right) is { } other => Fraction(op, one, other, left, right),
        _ => throw Mismatch(op, left, right),
    };

    /// <summary>A number as a fraction, or null for what is not a number.</summary>
    public static double? Number(object? value) => value switch { long whole => whole, double fraction => fraction, _ => null };

    /// <summary>The elements of a list; null for what is no list.</summary>
    public static IReadOnlyList<object?>? TryItems(object? value) => value switch
    {
        IReadOnlyList<double> numbers => [.. numbers.Select(number => (object?)number)],
        IReadOnlyList<object?> items => items,
        _ => null,
    };

    /// <summary>The elements of a list.</summary>
    /// <param name="function">Who asks, for the message.</param>
    /// <param name="value">The list.</param>
    /// <exception cref="ConditionException">It is something else.</exception>
    public static IReadOnlyList<object?> Items(string function, object? value) => TryItems(value)
        ?? throw new ConditionException($"builtin {function} takes only array (got {TypeOf(value)})");

    public static object? Field(object? owner, string name) => owner switch
    {
        IReadOnlyDictionary<string, object?> map => map.GetValueOrDefault(name),
        null => throw new ConditionException($"cannot fetch {name} from <nil>"),
        _ => throw new ConditionException($"type {TypeOf(owner)} has no field {name}"),
    };

    public static object? Index(object? owner, object? index) => (owner, index) switch
    {
        (IReadOnlyList<double> list, long at) => list[At(at, list.Count)],
        (IReadOnlyList<object?> list, long at) => list[At(at, list.Count)],
        (IReadOnlyDictionary<string, object?> map, string key) => map.GetValueOrDefault(key),
        (null, _) => throw new ConditionException($"cannot fetch {Text(index)} from <nil>"),
        _ => throw new ConditionException($"cannot fetch {Text(index)} from {TypeOf(owner)}"),
    };

    private static int At(long index, int count)
    {
        var at = index < 0 ? index + count : index;
        return at >= 0 && at < count ? (int)at : throw new ConditionException($"index out of range: {index} (array length is {count})");
    }

    private static bool AreEqual(object? left, object? right, string op) => (left, right) switch
    {
        (null, null) => true,
        (null, _) or (_, null) => false,
        _ when Number(left) is { } one && Number(right) is { } other => one == other,
        (bool one, bool other) => one == other,
        (string one, string other) => one == other,
        _ => throw Mismatch(op, left, right),
    };

    private static bool IsIn(object? left, object? right) => right switch
    {
        IReadOnlyList<double> list => Number(left) is { } number && list.Contains(number),
        IReadOnlyList<object?> list => list.Any(item => TypeOf(item) == TypeOf(left) ? AreEqual(item, left, "in")
            : Number(item) is { } one && one == Number(left)),
        IReadOnlyDictionary<string, object?> map => left is string key && map.ContainsKey(key),
        _ => throw Mismatch("in", left, right),
    };

    private static object Whole(string op, long left, long right) => op switch
    {
        "+" => left + right,
        "-" => left - right,
        "*" => left * right,
        "/" => (double)left / right,
        "**" or "^" => Math.Pow(left, right),
        "%" => right is 0 ? throw new ConditionException("integer divide by zero") : right is -1 ? 0L : left % right,
        _ => Compare(op, left.CompareTo(right)),
    };

    private static object Fraction(string op, double one, double other, object? left, object? right) => op switch
    {
        "+" => one + other,
        "-" => one - other,
        "*" => one * other,
        "/" => one / other,
        "**" or "^" => Math.Pow(one, other),
        "<" => one < other,
        "<=" => one <= other,
        ">" => one > other,
        ">=" => one >= other,
        _ => throw Mismatch(op, left, right),
    };

    private static bool Compare(string op, int order) => op switch
    {
        "<" => order < 0,
        "<=" => order <= 0,
        ">" => order > 0,
        _ => order >= 0,
    };

    private static bool Texts(string op, string left, string right) => op switch
    {
        "contains" => left.Contains(right, StringComparison.Ordinal),
        "startsWith" => left.StartsWith(right, StringComparison.Ordinal),
        "endsWith" => left.EndsWith(right, StringComparison.Ordinal),
        _ => IsMatch(left, right),
    };

    private static bool IsMatch(string text, string pattern) => Re2.FindError(pattern) is { } wrong
        ? throw new ConditionException($"error parsing regexp {pattern}: {wrong}")
        : Re2.Anywhere(pattern).IsMatch(text);

    private static object?[] Range(long from, long to) => to < from ? []
        : unchecked((ulong)(to - from)) >= LongestRange ? throw new ConditionException("memory budget exceeded")
        : [.. Enumerable.Range(0, (int)(to - from) + 1).Select(at => (object?)(from + at))];

    private static string Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "<nil>";

    private static ConditionException Mismatch(string op, object? left, object? right) =>
        new($"invalid operation: {op} (mismatched types {TypeOf(left)} and {TypeOf(right)})");
}
