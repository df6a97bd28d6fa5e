using System.Globalization;
using Bookinfo.Mesh.Istio.Problems;

namespace Bookinfo.Mesh.Rollouts.Conditions;

/// <summary>
/// The functions of conditions: Argo's own (<c>utils/evaluate/evaluate.go</c>), and those of expr-lang's that make sense of numbers.
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
    };

    /// <summary>Argo's <c>isNil</c> and <c>default</c> look at the metric's result, whatever they are given.</summary>
    private const string IsNil = "isNil", Default = "default";

    /// <summary>All of them, for messages.</summary>
    public static string Names => Messages.AllOf(Known.Keys.Append(IsNil).Append(Default));

    /// <summary>Makes the call of a function.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="arguments">What it is given.</param>
    /// <exception cref="ConditionException">There is none of that name, or it takes another number of arguments.</exception>
    public static Func<object?, object?> Compile(string name, IReadOnlyList<Func<object?, object?>> arguments)
    {
        if (name is IsNil or Default)
        {
            Require(name, arguments.Count, name == IsNil ? 1 : 2);
            return name == IsNil ? result => result is null : result => result ?? arguments[1](null);
        }

        if (!Known.TryGetValue(name, out var function))
        {
            throw new ConditionException($"the function {name} is not understood here", $"there are {Names}");
        }

        Require(name, arguments.Count, function.Arguments);
        return result => function.Call([.. arguments.Select(argument => argument(result))]);
    }

    private static void Require(string name, int given, int wanted)
    {
        if (given != wanted)
        {
            throw new ConditionException($"{name} takes {wanted} argument{(wanted == 1 ? "" : "s")}, {given} given");
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

    private static long Length(object? value) => value switch
    {
        string text => text.Length,
        IReadOnlyList<double> list => list.Count,
        IReadOnlyList<object?> list => list.Count,
        IReadOnlyDictionary<string, object?> map => map.Count,
        _ => throw new ConditionException($"invalid argument for len (type {ConditionValues.TypeOf(value)})"),
    };
}
