using System.Globalization;

namespace Bookinfo.Mesh.Rollouts.Conditions;

/// <summary>
/// What the operators of expr-lang do: whole numbers (<see cref="long"/>) and fractions (<see cref="double"/>) mix, a division is a
/// fraction, nothing else is converted.
/// </summary>
internal static class ConditionValues
{
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
        "+" when left is string one && right is string other => one + other,
        "<" or ">" or "<=" or ">=" when left is string one && right is string other => Compare(op, string.CompareOrdinal(one, other)),
        _ when left is long one && right is long other => Whole(op, one, other),
        _ when Number(left) is { } one && Number(right) is { } other => Fraction(op, one, other, left, right),
        _ => throw Mismatch(op, left, right),
    };

    /// <summary>A number as a fraction, or null for what is not a number.</summary>
    public static double? Number(object? value) => value switch { long whole => whole, double fraction => fraction, _ => null };

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
        "%" => right is 0 ? throw new ConditionException("integer divide by zero") : right is -1 ? 0L : left % right,
        _ => Compare(op, left.CompareTo(right)),
    };

    private static object Fraction(string op, double one, double other, object? left, object? right) => op switch
    {
        "+" => one + other,
        "-" => one - other,
        "*" => one * other,
        "/" => one / other,
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

    private static string Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "<nil>";

    private static ConditionException Mismatch(string op, object? left, object? right) =>
        new($"invalid operation: {op} (mismatched types {TypeOf(left)} and {TypeOf(right)})");
}
