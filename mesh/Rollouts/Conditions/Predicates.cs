using Bookinfo.Mesh.Istio.Problems;

namespace Bookinfo.Mesh.Rollouts.Conditions;

/// <summary>expr-lang's functions that look at each element of a list with a predicate (<c>builtin/builtin.go</c>).</summary>
internal static class Predicates
{
    private delegate object? Walk(Looking looking);

    private static readonly Dictionary<string, Walk> Known = new(StringComparer.Ordinal)
    {
        ["all"] = looking => looking.Holds().All(holds => holds),
        ["any"] = looking => looking.Holds().Any(holds => holds),
        ["none"] = looking => !looking.Holds().Any(holds => holds),
        ["one"] = looking => looking.Holds().Count(holds => holds) == 1,
        ["count"] = looking => (long)looking.Holds().Count(holds => holds),
        ["filter"] = looking => looking.Holds().Zip(looking.Items).Where(pair => pair.First).Select(pair => pair.Second).ToArray(),
        ["find"] = looking => looking.Holds().Zip(looking.Items).FirstOrDefault(pair => pair.First).Second,
        ["findIndex"] = looking => looking.Holds().ToList().IndexOf(true) is >= 0 and var at ? (long)at : null,
        ["map"] = looking => looking.Values().ToArray(),
        ["sum"] = looking => ListFunctions.Sum([.. looking.Values()]),
    };

    private const string Reduce = "reduce";

    /// <summary>All of them, for messages.</summary>
    public static IEnumerable<string> Names => Known.Keys.Append(Reduce);

    /// <summary>Whether the second argument of a function is a predicate.</summary>
    public static bool Contains(string name) => Known.ContainsKey(name) || name == Reduce;

    /// <summary>Makes the call of a function.</summary>
    /// <param name="name">Its name, one of <see cref="Names"/>.</param>
    /// <param name="arguments">The list, the predicate, and for <c>reduce</c> where it begins.</param>
    /// <exception cref="ConditionException">It takes another number of arguments.</exception>
    public static Func<ConditionScope, object?> Compile(string name, IReadOnlyList<Func<ConditionScope, object?>> arguments)
    {
        if (name == Reduce)
        {
            return arguments.Count is 2 or 3 ? scope => Fold(scope, arguments) : throw Wrong(name, "2 or 3", arguments.Count);
        }

        // count(list) counts what is true, sum(list) adds.
        if (arguments is [var only] && name is "count" or "sum")
        {
            arguments = [arguments[0], scope => scope.Item];
        }

        var walk = Known[name];
        return arguments.Count == 2
            ? scope => walk(new Looking(name, ConditionValues.Items(name, arguments[0](scope)), arguments[1], scope))
            : throw Wrong(name, "2", arguments.Count);
    }

    private static object? Fold(ConditionScope scope, IReadOnlyList<Func<ConditionScope, object?>> arguments)
    {
        var items = ConditionValues.Items(Reduce, arguments[0](scope));
        if (arguments.Count == 2 && items.Count == 0)
        {
            throw new ConditionException("reduce of empty array with no initial value");
        }

        var (value, from) = arguments.Count == 3 ? (arguments[2](scope), 0) : (items[0], 1);
        for (var at = from; at < items.Count; at++)
        {
            value = arguments[1](scope.At(items[at], at, value));
        }

        return value;
    }

    private static ConditionException Wrong(string name, string wanted, int given) => new(
        $"{name} takes {wanted} arguments, {given} given", $"write {Messages.Quote($"{name}(result, # > 1)")} for example");

    /// <summary>A look at each element.</summary>
    private sealed record Looking(
        string Function, IReadOnlyList<object?> Items, Func<ConditionScope, object?> Predicate, ConditionScope Outer)
    {
        public IEnumerable<object?> Values() => Items.Select((item, at) => Predicate(Outer.At(item, at)));

        public IEnumerable<bool> Holds() => Values().Select(value => value is bool holds ? holds
            : throw new ConditionException($"predicate of {Function} should return boolean (got {ConditionValues.TypeOf(value)})"));
    }
}
