using Bookinfo.Mesh.Proxy.Endpoints;

namespace Bookinfo.Mesh.Proxy.Requests;

/// <summary>
/// The one place where it is decided whether a request can be sent, whoever sends it: a try, a mirror, the way to an unknown host. Over
/// HTTP/2 HttpClient writes the URL as it is given, and what is not visible ASCII it leaves out of a buffer that still holds other
/// requests; so it must never see any.
/// </summary>
internal static class UpstreamTarget
{
    private static readonly UriCreationOptions AsItIs = new() { DangerousDisablePathAndQueryCanonicalization = true };

    /// <summary>Whether what the rules have made of the request can be written as the head of one request and no other.</summary>
    /// <param name="exchange">The request.</param>
    /// <param name="byHttp2">Whether it goes by HTTP/2.</param>
    public static bool CanBeSent(Exchange exchange, bool byHttp2) =>
        exchange.Path.StartsWith('/') && HttpSyntax.IsTarget(exchange.Path) && HttpSyntax.IsTarget(exchange.Query)
        && exchange.Context.Request.Headers.Host.ToString() is { Length: > 0 } host && HttpSyntax.IsAuthority(host)
        && (!byHttp2 || IsHostForHttpClient(host));

    /// <summary>The URL of the request at an endpoint, for HttpClient.</summary>
    /// <exception cref="InvalidOperationException">The request cannot be sent; <see cref="CanBeSent"/> was not asked.</exception>
    public static Uri At(UpstreamHost host, string path, string query) => HttpSyntax.IsTarget(path) && HttpSyntax.IsTarget(query)
        ? new Uri(string.Concat(host.Prefix, path, query), AsItIs)
        : throw new InvalidOperationException("The request's target has a character that cannot be sent.");

    /// <summary>
    /// Whether HttpClient takes it for a Host. What it does not take it writes as a second field, beside the endpoint's address.
    /// </summary>
    private static bool IsHostForHttpClient(string host) => IsPlain(host)
        || (!host.AsSpan().ContainsAny(',', '@') && Uri.TryCreate($"http://u@{host}/", UriKind.Absolute, out _));

    /// <summary>A name without anything special: most of them, and nothing to parse.</summary>
    private static bool IsPlain(ReadOnlySpan<char> host)
    {
        foreach (var each in host)
        {
            if (!char.IsAsciiLetterLower(each) && each != '-')
            {
                return false;
            }
        }

        return host[0] != '-' && host[^1] != '-';
    }
}
