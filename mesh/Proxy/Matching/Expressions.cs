using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Bookinfo.Mesh.Istio.Expressions;

namespace Bookinfo.Mesh.Proxy.Matching;

/// <summary>Compiled RE2 expressions, each kept: rule sets follow one another, and most of their expressions stay.</summary>
internal static class Expressions
{
    private const int CacheLimit = 4096;
    private static readonly ConcurrentDictionary<(string Expression, bool WholeValue), Regex> Cache = new();

    /// <summary>Compiles an expression; <paramref name="wholeValue"/> anchors it at both ends, as Envoy's full match does.</summary>
    /// <exception cref="ArgumentException">RE2 or the mesh does not know such an expression.</exception>
    public static Regex Compile(string expression, bool wholeValue)
    {
        if (Cache.TryGetValue((expression, wholeValue), out var known))
        {
            return known;
        }

        var regex = wholeValue ? Re2.WholeText(expression) : Re2.Anywhere(expression);
        if (Cache.Count < CacheLimit)
        {
            Cache[(expression, wholeValue)] = regex;
        }

        return regex;
    }
}
