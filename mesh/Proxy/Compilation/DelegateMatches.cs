using Bookinfo.Mesh.Istio.Model;

namespace Bookinfo.Mesh.Proxy.Compilation;

/// <summary>
/// Joins a rule with one of the delegate's (<c>pilot/pkg/model/virtualservice.go: mergeHTTPRoute, mergeHTTPMatchRequests</c>).
/// </summary>
internal static class DelegateMatches
{
    /// <summary>
    /// The delegate's rule with what it leaves open from the root's; null where no match of the delegate's lies within one of the root's.
    /// </summary>
    /// <param name="root">The rule that delegates.</param>
    /// <param name="leaf">One of the delegate's rules.</param>
    /// <param name="target">The delegate.</param>
    /// <param name="path">Where the rule stands in it.</param>
    public static HttpRoute? Merge(HttpRoute root, HttpRoute leaf, VirtualService target, string path)
    {
        var matches = Merge(root.Match, leaf.Match);
        return matches is null ? null : leaf with
        {
            Match = [.. matches.Select(match => match.Request)],
            Origin = new RuleOrigin(target, path)
            {
                Matches = leaf.Match.Count == 0 ? [] : [.. matches.Select(match => $"{path}.match[{match.Index}]")],
            },
            Name = Join(root.Name, leaf.Name),
            Rewrite = leaf.Rewrite ?? root.Rewrite,
            DirectResponse = leaf.DirectResponse ?? root.DirectResponse,
            Timeout = leaf.Timeout ?? root.Timeout,
            Retries = leaf.Retries ?? root.Retries,
            Fault = leaf.Fault ?? root.Fault,
            Mirror = leaf.Mirror ?? root.Mirror,
            MirrorPercentage = leaf.MirrorPercentage ?? root.MirrorPercentage,
            Mirrors = leaf.Mirrors.Count > 0 ? leaf.Mirrors : root.Mirrors,
            CorsPolicy = leaf.CorsPolicy ?? root.CorsPolicy,
            Headers = leaf.Headers ?? root.Headers,
        };
    }

    /// <summary>The joined matches, each with the position of the one that it is made of.</summary>
    private static List<(HttpMatchRequest Request, int Index)>? Merge(
        IReadOnlyList<HttpMatchRequest> roots, IReadOnlyList<HttpMatchRequest> leaves)
    {
        if (roots.Count == 0 || leaves.Count == 0)
        {
            return [.. (roots.Count == 0 ? leaves : roots).Select((match, i) => (match, i))];
        }

        var merged = new List<(HttpMatchRequest Request, int Index)>();
        for (var i = 0; i < leaves.Count; i++)
        {
            var leaf = leaves[i];
            var within = roots.Where(root => !Conflict(root, leaf)).Select(root => (Merge(root, leaf), i)).ToList();
            if (within.Count == 0)
            {
                return null;
            }

            merged.AddRange(within);
        }

        return merged;
    }

    private static HttpMatchRequest Merge(HttpMatchRequest root, HttpMatchRequest leaf) => leaf with
    {
        Name = Join(root.Name, leaf.Name),
        Uri = leaf.Uri ?? root.Uri,
        Scheme = leaf.Scheme ?? root.Scheme,
        Method = leaf.Method ?? root.Method,
        Authority = leaf.Authority ?? root.Authority,
        Headers = Merge(root.Headers, leaf.Headers),
        WithoutHeaders = Merge(root.WithoutHeaders, leaf.WithoutHeaders),
        QueryParams = Merge(root.QueryParams, leaf.QueryParams),
        SourceLabels = Merge(root.SourceLabels, leaf.SourceLabels),
        Port = leaf.Port is null or 0 ? root.Port : leaf.Port,
        Gateways = leaf.Gateways.Count > 0 ? leaf.Gateways : root.Gateways,
        SourceNamespace = string.IsNullOrEmpty(leaf.SourceNamespace) ? root.SourceNamespace : leaf.SourceNamespace,
        IgnoreUriCase = leaf.IgnoreUriCase || root.IgnoreUriCase,
    };

    /// <summary>
    /// <c>pilot/pkg/model/virtualservice.go: hasConflict</c>. A root's namespace of the caller has to be repeated by the delegate.
    /// </summary>
    private static bool Conflict(HttpMatchRequest root, HttpMatchRequest leaf) =>
        Conflict(root.Uri, leaf.Uri) || Conflict(root.Scheme, leaf.Scheme) || Conflict(root.Method, leaf.Method)
            || Conflict(root.Authority, leaf.Authority)
        || Conflict(root.Headers, leaf.Headers) || Conflict(root.WithoutHeaders, leaf.WithoutHeaders)
            || Conflict(root.QueryParams, leaf.QueryParams)
        || root.IgnoreUriCase != leaf.IgnoreUriCase
        || (root.Port > 0 && leaf.Port > 0 && root.Port != leaf.Port)
        || (!string.IsNullOrEmpty(root.SourceNamespace) && root.SourceNamespace != leaf.SourceNamespace)
        || leaf.SourceLabels.Any(label => root.SourceLabels.TryGetValue(label.Key, out var value) && value != label.Value)
        || (root.Gateways.Count > 0
            && (root.Gateways.Count < leaf.Gateways.Count || leaf.Gateways.Any(gateway => !root.Gateways.Contains(gateway))));

    private static bool Conflict(IReadOnlyDictionary<string, StringMatch> root, IReadOnlyDictionary<string, StringMatch> leaf) =>
        leaf.Any(match => root.TryGetValue(match.Key, out var there) && Conflict(there, match.Value));

    /// <summary>Whether the leaf's text could be one that the root's does not take; expressions are never compared.</summary>
    private static bool Conflict(StringMatch? root, StringMatch? leaf)
    {
        if (root is null || leaf is null)
        {
            return false;
        }

        return (root, leaf) switch
        {
            ({ Regex: { Length: > 0 } }, _) or (_, { Regex: { Length: > 0 } }) => true,
            ({ Exact: { Length: > 0 } exact }, _) => leaf.Exact != exact,
            ({ Prefix: { Length: > 0 } prefix }, { Exact: { Length: > 0 } exact }) => !exact.StartsWith(prefix, StringComparison.Ordinal),
            ({ Prefix: { Length: > 0 } prefix }, { Prefix: { Length: > 0 } longer }) =>
                !longer.StartsWith(prefix, StringComparison.Ordinal),
            _ => true,
        };
    }

    private static IReadOnlyDictionary<string, T> Merge<T>(IReadOnlyDictionary<string, T> root, IReadOnlyDictionary<string, T> leaf) =>
        root.Count == 0 ? leaf : root.Concat(leaf).GroupBy(pair => pair.Key).ToDictionary(group => group.Key, group => group.Last().Value);

    private static string? Join(string? root, string? leaf) =>
        string.IsNullOrEmpty(root) ? leaf : string.IsNullOrEmpty(leaf) ? root : $"{root}-{leaf}";
}
