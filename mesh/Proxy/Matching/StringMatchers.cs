using Bookinfo.Mesh.Istio.Model;

namespace Bookinfo.Mesh.Proxy.Matching;

/// <summary>Makes matchers from the rules' StringMatch.</summary>
internal static class StringMatchers
{
    /// <summary>
    /// The matcher, or null where only presence is asked (<c>pilot/pkg/networking/core/route/route.go: canBeConvertedToPresentMatch</c>).
    /// </summary>
    public static StringMatcher? Create(StringMatch match, bool ignoreCase = false)
    {
        if (match.IsPresence)
        {
            return null;
        }

        var comparison = ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        return match switch
        {
            { Exact: { } exact } => new ExactMatcher(exact, comparison),
            { Prefix: { } prefix } => new PrefixMatcher(prefix, comparison),
            // ignoreUriCase touches only exact and prefix: Envoy's case_sensitive has no effect on a safe_regex.
            _ => new RegexMatcher(match.Regex!),
        };
    }
}
