using Bookinfo.Mesh.Analysis.Migration.Findings;
using Bookinfo.Mesh.Analysis.Migration.Matching;
using Bookinfo.Mesh.Istio.Expressions;
using Bookinfo.Mesh.Istio.Model;
using Api = Bookinfo.Mesh.Istio.GatewayApi;

namespace Bookinfo.Mesh.Analysis.Migration.Conversion;

/// <summary>
/// Reads a match of a VirtualService as matches of the Gateway API. A condition that these do not have is refused: without it, the rule
/// would take requests of others.
/// </summary>
/// <param name="service">The VirtualService.</param>
/// <param name="findings">Takes what is to be said about it.</param>
/// <param name="usesPathPrefix">Whether prefixes become ones of whole segments, although the text's prefix takes more.</param>
internal sealed class MatchReader(VirtualService service, FindingList findings, bool usesPathPrefix)
{
    /// <summary>The methods that the Gateway API knows (<c>apis/v1/httproute_types.go: HTTPMethod</c>).</summary>
    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH"];

    /// <param name="match">The match; null for every request.</param>
    /// <param name="changesPrefix">Whether the rule puts another prefix in the place of the one that is matched.</param>
    /// <param name="path">Where it stands.</param>
    /// <exception cref="RefusalException">It asks for something that the Gateway API cannot ask for.</exception>
    public IReadOnlyList<MatchTerms> Read(HttpMatchRequest? match, bool changesPrefix, string path)
    {
        if (match is null)
        {
            return [MatchTerms.Any];
        }

        Refuse(match, path);
        var terms = new MatchTerms(
            Path(match, changesPrefix, path),
            null,
            match.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => Value(header.Value)),
            match.QueryParams.ToDictionary(parameter => parameter.Key, parameter => Value(parameter.Value)));
        return [.. MethodsOf(match.Method, $"{path}.method").Select(method => terms with { Method = method })];
    }

    private static void Refuse(HttpMatchRequest match, string path)
    {
        if (match.SourceLabels.Count > 0 || !string.IsNullOrEmpty(match.SourceNamespace))
        {
            var field = match.SourceLabels.Count > 0 ? "sourceLabels" : "sourceNamespace";
            throw new RefusalException($"{path}.{field}", "a route of the Gateway API does not know who calls",
                "give those callers a host of their own");
        }

        if (match.WithoutHeaders.Count > 0)
        {
            throw new RefusalException($"{path}.withoutHeaders", "a route of the Gateway API cannot ask for a header that is not there",
                "write the rule for requests with the header before this one, and leave withoutHeaders out");
        }

        if (match.Authority is { IsPresence: false })
        {
            throw new RefusalException($"{path}.authority", "a match of the Gateway API does not ask for the host",
                "make a VirtualService for each host");
        }

        if (match.Scheme is { IsPresence: false })
        {
            throw new RefusalException($"{path}.scheme", "a match of the Gateway API does not ask for the scheme",
                "make a listener for each port");
        }

        if (match.Headers.Keys.FirstOrDefault(name => name.StartsWith(':')) is { } pseudo)
        {
            throw new RefusalException($"{path}.headers[\"{pseudo}\"]", "a match of the Gateway API has no pseudo-headers",
                "use uri or method");
        }
    }

    private PathTerm Path(HttpMatchRequest match, bool changesPrefix, string path)
    {
        if (match.Uri is null || match.Uri.IsPresence)
        {
            return PathTerm.Any;
        }

        return match switch
        {
            { Uri.Regex: { } regex } => new PathTerm(PathTermKind.Expression, regex),
            { IgnoreUriCase: true } => new PathTerm(PathTermKind.Expression,
                $"(?i:{Re2Text.Escape(match.Uri.Exact ?? match.Uri.Prefix!)}){(match.Uri.Exact is null ? ".*" : "")}"),
            { Uri.Exact: { } exact } => PathTerm.Exact(exact),
            _ => Prefix(match.Uri.Prefix!, changesPrefix, $"{path}.uri.prefix"),
        };
    }

    /// <summary>A prefix of the Gateway API ends where a segment ends, and takes the path without a slash at its end too.</summary>
    private PathTerm Prefix(string prefix, bool changesPrefix, string path)
    {
        if (prefix == "/")
        {
            return PathTerm.Any;
        }

        if (service.Semantics != RouteSemantics.Istio && PathTerm.Segments(prefix) is { } own)
        {
            return own;
        }

        if (!(usesPathPrefix || changesPrefix) || PathTerm.Segments(prefix) is not { } segments)
        {
            return new PathTerm(PathTermKind.Prefix, prefix);
        }

        findings.Lost(service, path, prefix.EndsWith('/') ? $"the path {segments.Text} is taken too"
            : $"paths such as {prefix}x are no longer taken: a prefix of the Gateway API ends where a segment ends");
        return segments;
    }

    private static string?[] MethodsOf(StringMatch? match, string path)
    {
        if (match is null || match.IsPresence)
        {
            return [null];
        }

        if (match.Exact is { } exact)
        {
            return Methods.Contains(exact) ? [exact]
                : throw new RefusalException(path, $"the Gateway API does not know the method {exact}", "leave the rule out");
        }

        var taken = match.Prefix is { } prefix ? Methods.Where(method => method.StartsWith(prefix, StringComparison.Ordinal))
            : Methods.Where(method => Re2.WholeText(match.Regex!).IsMatch(method));
        return taken.ToArray() is { Length: > 0 } some ? some
            : throw new RefusalException(path, "no method of the Gateway API is like this", "leave the rule out");
    }

    private static ValueTerm Value(StringMatch match) => match switch
    {
        { IsPresence: true } => ValueTerm.Present,
        { Exact: { } exact } => new ValueTerm(null, exact),
        { Prefix: { } prefix } => new ValueTerm(Api.ValueMatchType.RegularExpression, $"{Re2Text.Escape(prefix)}.*"),
        _ => new ValueTerm(Api.ValueMatchType.RegularExpression, match.Regex!),
    };
}
