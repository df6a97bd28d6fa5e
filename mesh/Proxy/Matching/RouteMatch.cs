using Bookinfo.Mesh.Proxy.Requests;

namespace Bookinfo.Mesh.Proxy.Matching;

/// <summary>One compiled entry of a route's <c>match</c>: all conditions must hold; none matches every request.</summary>
internal sealed class RouteMatch(IRequestCondition[] conditions, PathCondition? path)
{
    /// <summary>A match that every request passes.</summary>
    public static RouteMatch Any { get; } = new([], null);

    /// <summary>The path that was matched, for rewrites; null where the path is free.</summary>
    public StringMatcher? Path => path?.Matcher;

    /// <summary>The one path this can match, by which it is found in a hash; null where there are others.</summary>
    public string? OnlyPath => path?.Matcher is ExactMatcher { IgnoresCase: false } exact ? exact.Expected : null;

    /// <summary>Every request passes (<c>route.go: IsCatchAllRoute</c>): what stands behind is never reached.</summary>
    public bool IsCatchAll =>
        conditions.Length == 0
        || (conditions.Length == 1 && path?.Matcher is PrefixMatcher { Prefix: "/" } or RegexMatcher { Expression: ".*" });

    /// <summary>What is asked of a request, for comparing rules.</summary>
    public IEnumerable<RouteCondition> Conditions => conditions.Select(condition => condition.ToRouteCondition());

    public bool Matches(in RequestInfo request)
    {
        foreach (var condition in conditions)
        {
            if (!condition.Matches(request))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The conditions that do not hold, each in a sentence.</summary>
    public IReadOnlyList<string> Misses(RequestInfo request) =>
        [.. conditions.Where(condition => !condition.Matches(request)).Select(condition => condition.Describe(request))];
}
