using System.Globalization;
using Bookinfo.Mesh.Istio.Problems;

namespace Bookinfo.Mesh.Rollouts.Conditions;

/// <summary>
/// The functions of conditions: Argo's own (<c>utils/evaluate/evaluate.go</c>), and those of expr-lang's that make sense of numbers,
/// lists and texts (expr-lang <c>builtin/builtin.go</c>).
/// </summary>
internal static class Functions
{
    private static readonly Dictionary<string, (int Arguments, Func<object?[], object?> Call)> Known = new(StringComparer.Ordinal)
    {
        ["asInt"] = (1, arguments => AsInt(arguments[0])),
        ["asFloat"] = (1, arguments => AsFloat(arguments[0])),
        ["isNaN"] = (1, arguments => double.IsNaN(Number("isNaN", arguments[0]))),
        ["isInf"] = (1, arguments => double.IsInfinity(Number("isInf", arguments[0]))),
        ["len"] = (1, arguments => Length(arguments[0])),
        ["abs"] = (1, arguments => arguments[0] is long whole ? (whole < 0 ? -whole : whole) : Math.Abs(Number("abs", arguments[0]))),
        ["ceil"] = (1, arguments => Math.Ceiling(Number("ceil", arguments[0]))),
        ["floor"] = (1, arguments => Math.Floor(Number("floor", arguments[0]))),
        ["round"] = (1, arguments => Math.Round(Number("round", arguments[0]), MidpointRounding.AwayFromZero)),
        ["int"] = (1, arguments => AsInt(arguments[0])),
        ["float"] = (1, arguments => AsFloat(arguments[0])),
        ["min"] = (Any, arguments => ListFunctions.Extreme("min", arguments)),
        ["max"] = (Any, arguments => ListFunctions.Extreme("max", arguments)),
        ["mean"] = (Any, ListFunctions.Mean),
        ["median"] = (Any, ListFunctions.Median),
        ["first"] = (1, arguments => ConditionValues.Items("first", arguments[0]) is [var first, ..] ? first : null),
        ["last"] = (1, arguments => ConditionValues.Items("last", arguments[0]) is [.., var last] ? last : null),
        ["lower"] = (1, arguments => Text("lower", arguments[0]).ToLowerInvariant()),
        ["upper"] = (1, arguments => Text("upper", arguments[0]).ToUpperInvariant()),
        ["trim"] = (1, arguments => Text("trim", arguments[0]).Trim()),
        ["hasPrefix"] = (2, arguments => ConditionValues.Binary("startsWith", arguments[0], arguments[1])),
        ["hasSuffix"] = (2, arguments => ConditionValues.Binary("endsWith", arguments[0], arguments[1])),
    };

    /// <summary>In place of a number of arguments: one or more.</summary>
    private const int Any = -1;

    /// <summary>Argo's <c>isNil</c> and <c>default</c> look at the metric's result, whatever they are given.</summary>
    private const string IsNil = "isNil", Default = "default";

    /// <summary>All of them, for messages.</summary>
    public static string Names => Messages.AllOf(Known.Keys.Append(IsNil).Append(Default).Concat(Predicates.Names));

    /// <summary>Asks for a function of that name.</summary>
    /// <exception cref="ConditionException">There is none.</exception>
    public static void RequireKnown(string name)
    {
        if (!Known.ContainsKey(name) && !Predicates.Contains(name) && name is not (IsNil or Default))
        {
            throw new ConditionException($"the function {name} is not understood here", $"there are {Names}");
        }
    }

    /// <summary>Makes the call of a function.</summary>
    /// <param name="name">Its name, a known one.</param>
    /// <param name="arguments">What it is given.</param>
    /// <exception cref="ConditionException">It takes another number of arguments.</exception>
    public static Func<ConditionScope, object?> Compile(string name, IReadOnlyList<Func<ConditionScope, object?>> arguments)
    {
        if (name is IsNil or Default)
        {
            Require(name, arguments.Count, name == IsNil ? 1 : 2);
            return name == IsNil ? scope => scope.Result is null : scope => scope.Result ?? arguments[1](scope);
        }

        if (Predicates.Contains(name))
        {
            return Predicates.Compile(name, arguments);
        }

        var function = Known[name];
        Require(name, arguments.Count, function.Arguments);
        return scope => function.Call([.. arguments.Select(argument => argument(scope))]);
    }

    private static void Require(string name, int given, int wanted)
    {
        if (wanted == Any ? given == 0 : given != wanted)
        {
            throw new ConditionException(
                $"{name} takes {(wanted == Any ? "1 or more" : wanted)} argument{(wanted == 1 ? "" : "s")}, {given} given");
        }
    }

    private static long AsInt(object? value) => value switch
    {
        long whole => whole,
        double fraction => (long)fraction,
        string text when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => whole,
        string text => throw new ConditionException($"strconv.ParseInt: parsing \"{text}\": invalid syntax"),
        _ => throw new ConditionException($"asInt() not supported on {ConditionValues.TypeOf(value)}"),
    };

    private static double AsFloat(object? value) => value switch
    {
        string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        string text => throw new ConditionException($"strconv.ParseFloat: parsing \"{text}\": invalid syntax"),
        _ => ConditionValues.Number(value)
            ?? throw new ConditionException($"asFloat() not supported on {ConditionValues.TypeOf(value)}"),
    };

    private static double Number(string function, object? value) => ConditionValues.Number(value)
        ?? throw new ConditionException($"cannot use {ConditionValues.TypeOf(value)} as argument (type float64) to call {function}");

    private static string Text(string function, object? value) => value as string
        ?? throw new ConditionException($"cannot use {ConditionValues.TypeOf(value)} as argument (type string) to call {function}");

    private static long Length(object? value) => value switch
    {
        string text => text.Length,
        _ when ConditionValues.TryItems(value) is { } list => list.Count,
        IReadOnlyDictionary<string, object?> map => map.Count,
        _ => throw new ConditionException($"invalid argument for len (type {ConditionValues.TypeOf(value)})"),
    };
}
