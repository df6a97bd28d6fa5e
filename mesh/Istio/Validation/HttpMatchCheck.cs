using Bookinfo.Mesh.Istio.Expressions;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Names;
using Bookinfo.Mesh.Istio.Problems;

namespace Bookinfo.Mesh.Istio.Validation;

/// <summary>Checks a match (<c>validateHTTPRouteMatchRequest</c>).</summary>
internal static class HttpMatchCheck
{
    /// <summary>What a header's name begins with that stands for a claim of a JWT (<c>pkg/jwt/routing.go: ToRoutingClaim</c>).</summary>
    internal const string JwtClaim = "@request.auth.claims";

    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "CONNECT", "OPTIONS", "TRACE"];

    private static readonly string[] PseudoHeaders = [":method", ":scheme", ":authority", ":path", ":status"];

    public static void Check(RulePath path, HttpMatchRequest match, Findings findings)
    {
        Headers(path.Field("headers"), match.Headers, findings);
        Headers(path.Field("withoutHeaders"), match.WithoutHeaders, findings);
        foreach (var (name, value) in match.QueryParams)
        {
            Text(path.Field("queryParams").Key(name), value, findings, mayBePresence: true);
        }

        Text(path.Field("uri"), match.Uri, findings, mayBeEmptyPrefix: true);
        Path(path.Field("uri"), match.Uri, findings);
        Method(path.Field("method"), match.Method, findings);
        Text(path.Field("scheme"), match.Scheme, findings);
        Text(path.Field("method"), match.Method, findings);
        Text(path.Field("authority"), match.Authority, findings);
        CommonCheck.Port(path.Field("port"), match.Port, findings);
        CommonCheck.Labels(path.Field("sourceLabels"), match.SourceLabels, findings);
        VirtualServiceCheck.CheckGateways(path.Field("gateways"), match.Gateways, findings);
        if (match.SourceNamespace is not null && !DnsNames.IsDnsLabel(match.SourceNamespace))
        {
            findings.Error(path.Field("sourceNamespace"), $"{Messages.Quote(match.SourceNamespace)} is not a namespace");
        }
    }

    /// <summary>A path begins with a slash and ends before the query: a text that cannot be one takes no request.</summary>
    private static void Path(RulePath path, StringMatch? uri, Findings findings)
    {
        var (field, text) = uri switch
        {
            { Exact: { Length: > 0 } exact } => ("exact", exact),
            { Prefix: { Length: > 0 } prefix } => ("prefix", prefix),
            _ => ("", ""),
        };
        if (text.Length > 0 && text[0] != '/')
        {
            findings.Add(
                MessageTypes.NoEffect, path.Field(field),
                    $"every path begins with /, so the {field} {Messages.Quote(text)} takes no request", $"write /{text}");
        }
        else if (text.AsSpan().IndexOfAny('?', '#') is >= 0 and var at)
        {
            findings.Add(
                MessageTypes.NoEffect, path.Field(field),
                    $"a path ends before {text[at]}, so the {field} {Messages.Quote(text)} takes no request",
                        "match the query with queryParams");
        }
        else if (uri?.Regex is { Length: > 0 } regex && (char.IsAsciiLetterOrDigit(regex[0]) || regex[0] == '-')
            && !regex.Contains('|', StringComparison.Ordinal)
            && (regex.Length == 1 || regex[1] is not ('*' or '?' or '{')))
        {
            findings.Add(
                MessageTypes.NoEffect, path.Field("regex"),
                    $"the expression has to match the whole path, which begins with /: {Messages.Quote(regex)} takes no request",
                        $"write /{regex}, or .*{regex}.*");
        }
    }

    /// <summary>Methods are told apart by case (RFC 9110, section 9.1).</summary>
    private static void Method(RulePath path, StringMatch? method, Findings findings)
    {
        if (method?.Exact is { Length: > 0 } name && name.ToUpperInvariant() is var upper && name != upper && Methods.Contains(upper))
        {
            findings.Add(MessageTypes.NoEffect, path.Field("exact"), $"methods are in capitals: {Messages.Quote(name)} takes no request",
                $"write {upper}");
        }
    }

    /// <summary>An expression that RE2 takes, at most 1024 characters long (<c>validateStringRegexp</c>).</summary>
    public static void Regex(RulePath path, string pattern, Findings findings)
    {
        if (Re2.FindError(pattern) is { } error)
        {
            findings.Error(path, $"the expression is not RE2: {error}", "see https://github.com/google/re2/wiki/Syntax");
        }
    }

    private static void Headers(RulePath path, IReadOnlyDictionary<string, StringMatch> headers, Findings findings)
    {
        foreach (var (name, value) in headers)
        {
            var at = path.Key(name);
            if (name.StartsWith(JwtClaim, StringComparison.OrdinalIgnoreCase))
            {
                findings.Add(MessageTypes.Unsupported, at,
                    "the mesh does not support matching by JWT claims: it does not authenticate callers");
            }
            else if (!PseudoHeaders.Contains(name) && !HeadersCheck.IsName(name))
            {
                findings.Error(at, name.Length == 0 ? "a header needs a name" : $"{Messages.Quote(name)} is not a name for a header");
            }
            else if (name.AsSpan().IndexOfAnyInRange('A', 'Z') >= 0)
            {
                findings.Note(at, "Istio wants names of headers in lower case", $"write {name.ToLowerInvariant()}");
            }

            Text(at, value, findings, mayBePresence: true);
        }
    }

    private static void Text(RulePath path, StringMatch? match, Findings findings, bool mayBePresence = false,
        bool mayBeEmptyPrefix = false)
    {
        if (match is null)
        {
            return;
        }

        var set = new[] { match.Exact, match.Prefix, match.Regex }.Count(each => each is not null);
        if (set > 1)
        {
            findings.Error(path, "only one of exact, prefix and regex can be set", "make one entry of match for each");
        }
        else if (match.Prefix is "" && !mayBeEmptyPrefix)
        {
            findings.Error(path.Field("prefix"), "a prefix cannot be empty", "write {} to ask only that it is there");
        }
        else if (match.Regex is "")
        {
            findings.Error(path.Field("regex"), "an expression cannot be empty");
        }
        else if (match.Regex is not null && !(mayBePresence && match.Regex == "*"))
        {
            Regex(path.Field("regex"), match.Regex, findings);
        }
    }
}
