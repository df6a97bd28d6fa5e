using Bookinfo.Mesh.Proxy.Matching;
using Bookinfo.Mesh.Proxy.Pipeline;
using Bookinfo.Mesh.Proxy.Routing;
using Bookinfo.Mesh.Proxy.VirtualHosts;
using Bookinfo.Mesh.Traffic;

namespace Bookinfo.Mesh.Proxy.Redirects;

/// <summary>
/// Answers with another URL. Ports 80 and 443 are not written where the scheme implies them
/// (<c>route.go: ApplyRedirect</c>; <c>source/common/router/config_impl.cc: newUri</c> of envoyproxy/envoy).
/// </summary>
internal sealed class RedirectAction(HttpRedirect redirect, StringMatcher? matchedPath, int port) : IRouteAction
{
    public int Status => redirect.RedirectCode is null or 0 ? 301 : redirect.RedirectCode.Value;

    public Task ExecuteAsync(Exchange exchange)
    {
        var location = Location(exchange.Facts());
        var sent = LocalReply.SendAsync(exchange, Status, "", Telemetry.ResponseFlags.None, "direct_response");
        exchange.Context.Response.Headers.Location = location;
        return sent;
    }

    /// <summary>The URL that is answered.</summary>
    public string Location(RequestFacts request)
    {
        var scheme = string.IsNullOrEmpty(redirect.Scheme) ? request.Scheme : redirect.Scheme;
        var (host, requestPort) = VirtualHostTable.Split(request.Authority);
        var name = string.IsNullOrEmpty(redirect.Authority) ? host.ToString() : redirect.Authority;
        var newPort = redirect.Port ?? (redirect.DerivePort == RedirectPortSelection.FromRequestPort ? port : null);
        if (newPort is null && string.IsNullOrEmpty(redirect.Authority) && string.IsNullOrEmpty(redirect.Scheme))
        {
            newPort = requestPort;
        }

        var portPart = newPort is null || (newPort == 80 && scheme == "http") || (newPort == 443 && scheme == "https") ? "" : $":{newPort}";
        return $"{scheme}://{name}{portPart}{PathAndQuery(request)}";
    }

    private string PathAndQuery(RequestFacts request)
    {
        var query = request.Query.Length > 0 ? "?" + request.Query : "";
        if (!string.IsNullOrEmpty(redirect.PrefixRewrite))
        {
            var matched = matchedPath is PrefixMatcher prefix ? prefix.Prefix.Length : request.Path.Length;
            return string.Concat(redirect.PrefixRewrite, request.Path.AsSpan(matched), query);
        }

        // A new path with a query of its own replaces both, one without keeps the request's query.
        return string.IsNullOrEmpty(redirect.Uri) ? request.Path + query : redirect.Uri.Contains('?') ? redirect.Uri : redirect.Uri + query;
    }
}
