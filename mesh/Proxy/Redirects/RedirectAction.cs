using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Proxy.Headers;
using Bookinfo.Mesh.Proxy.Matching;
using Bookinfo.Mesh.Proxy.Requests;
using Bookinfo.Mesh.Proxy.Routing;

namespace Bookinfo.Mesh.Proxy.Redirects;

/// <summary>
/// Answers with another URL. Ports 80 and 443 are not written where the scheme implies them
/// (<c>route.go: ApplyRedirect</c>; <c>source/common/router/config_impl.cc: newUri</c> of envoyproxy/envoy).
/// </summary>
internal sealed class RedirectAction(HttpRedirect redirect, StringMatcher? matchedPath, int port) : RouteAction
{
    private readonly string? _uri = Encode(redirect.Uri);
    private readonly string? _prefixRewrite = Encode(redirect.PrefixRewrite);
    private readonly string? _authority = string.IsNullOrEmpty(redirect.Authority) ? null
        : HeaderChanges.CheckAuthority(redirect.Authority);
    private readonly string? _scheme = string.IsNullOrEmpty(redirect.Scheme) ? null : HttpSyntax.IsToken(redirect.Scheme)
        ? redirect.Scheme
        : throw new ArgumentException($"\"{HttpSyntax.Escape(redirect.Scheme)}\" cannot be a URL's scheme; use http or https");

    public int Status => redirect.RedirectCode is null or 0 ? 301 : redirect.RedirectCode.Value;

    /// <summary>Two with the same shape lead every request to the same URL.</summary>
    public string Shape => string.Join(' ', _scheme ?? "the scheme", _authority ?? "the host",
        NewPort is not { } number || (_scheme is not null && IsDefault(number, _scheme)) ? "the port" : $"port {number}",
        _prefixRewrite is not null ? $"{MatchedLength(int.MaxValue)} characters to {_prefixRewrite}" : _uri ?? "the path");

    private int? NewPort => redirect.Port ?? (redirect.DerivePort == RedirectPortSelection.FromRequestPort ? port : null);

    /// <summary>The URL that is answered.</summary>
    public string Location(RequestInfo request)
    {
        var scheme = _scheme ?? request.Scheme;
        var portPart = NewPort is null || IsDefault(NewPort, scheme) ? "" : $":{NewPort}";
        var host = _authority ?? Host(request, scheme, portPart.Length > 0);
        return $"{scheme}://{host}{portPart}{PathAndQuery(request)}";
    }

    private static string? Encode(string? text) => string.IsNullOrEmpty(text) ? null : HttpSyntax.EncodeTarget(text);

    private static bool IsDefault(int? port, string scheme) => (port == 80 && scheme == "http") || (port == 443 && scheme == "https");

    /// <summary>
    /// The request's Host as it came; its port goes where another stands in its place, or where only the old scheme implied it.
    /// </summary>
    private static string Host(RequestInfo request, string scheme, bool hasNewPort)
    {
        var (host, requestPort) = Authority.Split(request.Authority);
        return hasNewPort || (scheme != request.Scheme && IsDefault(requestPort, request.Scheme)) ? host.ToString() : request.Authority;
    }

    private string PathAndQuery(RequestInfo request)
    {
        var query = request.Query.Length > 0 ? "?" + request.Query : "";
        if (_prefixRewrite is not null)
        {
            var matched = Math.Min(MatchedLength(request.Path.Length), request.Path.Length);
            return string.Concat(_prefixRewrite, request.Path.AsSpan(matched), query);
        }

        // A new path with a query of its own replaces both, one without keeps the request's query.
        return _uri is null ? request.Path + query : _uri.Contains('?') ? _uri : _uri + query;
    }

    /// <summary>How much of a path is matched. A match that does not ask for the path is Envoy's prefix <c>/</c>.</summary>
    private int MatchedLength(int pathLength) => matchedPath switch
    {
        null => 1,
        PrefixMatcher prefix => prefix.Prefix.Length,
        PathPrefixMatcher prefix => prefix.Prefix.Length,
        _ => pathLength,
    };
}
