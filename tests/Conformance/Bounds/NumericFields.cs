using System.Reflection;
using Bookinfo.Mesh.Istio.Model;

namespace Bookinfo.Tests.Conformance.Bounds;

/// <summary>Every number and duration that rules have, found by reflection over the model.</summary>
internal static class NumericFields
{
    private static readonly HashSet<Type> Numbers = [typeof(int), typeof(long), typeof(ulong), typeof(double), typeof(TimeSpan)];

    /// <summary>Type and property of each: <c>HttpRetry.Attempts</c>.</summary>
    public static IReadOnlyCollection<string> All()
    {
        var fields = new SortedSet<string>(StringComparer.Ordinal);
        var seen = new HashSet<Type>();
        foreach (var kind in typeof(Resource).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Resource)) && !type.IsAbstract))
        {
            Collect(kind, seen, fields);
        }

        return fields;
    }

    private static void Collect(Type type, HashSet<Type> seen, SortedSet<string> fields)
    {
        if (!seen.Add(type))
        {
            return;
        }

        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(IsOfTheRule))
        {
            var value = ValueOf(property.PropertyType);
            if (Numbers.Contains(value))
            {
                fields.Add($"{property.DeclaringType!.Name}.{property.Name}");
            }
            else if (value.Assembly == typeof(Resource).Assembly && value.IsClass)
            {
                Collect(value, seen, fields);
            }
        }
    }

    /// <summary>What a list or a map holds, or a nullable may be.</summary>
    private static Type ValueOf(Type type) =>
        type.IsGenericType ? ValueOf(type.GetGenericArguments()[^1]) : type;

    /// <summary>Not where it was read from, nor what it was made of, nor what is made of a route of the Gateway API.</summary>
    private static bool IsOfTheRule(PropertyInfo property) =>
        property.PropertyType != typeof(SourceMap) && property.PropertyType != typeof(RuleOrigin)
        && property.PropertyType != typeof(Metadata) && property.PropertyType != typeof(SessionPolicy);
}
