using Bookinfo.Mesh.Proxy.Endpoints;

namespace Bookinfo.Mesh.Proxy.Requests;

/// <summary>
/// The one place where a request's target becomes the URL of a send, whoever sends: a try, a mirror, the way to an unknown host. HttpClient
/// writes the URL as it is given, and what is not visible ASCII it leaves out of a buffer that still holds other requests; so it must never
/// see any.
/// </summary>
internal static class UpstreamTarget
{
    private static readonly UriCreationOptions AsItIs = new() { DangerousDisablePathAndQueryCanonicalization = true };

    /// <summary>Whether what the rules have made of the request can be written as the head of one request and no other.</summary>
    public static bool CanBeSent(Exchange exchange) =>
        exchange.Path.StartsWith('/') && HttpSyntax.IsTarget(exchange.Path) && HttpSyntax.IsTarget(exchange.Query)
        && IsHost(exchange.Context.Request.Headers.Host.ToString());

    /// <summary>The URL of the request at an endpoint.</summary>
    /// <exception cref="InvalidOperationException">The request cannot be sent; <see cref="CanBeSent"/> was not asked.</exception>
    public static Uri At(UpstreamHost host, Exchange exchange) => CanBeSent(exchange)
        ? new Uri(string.Concat(host.Prefix, exchange.Path, exchange.Query), AsItIs)
        : throw new InvalidOperationException("The request's target or Host has a character that cannot be sent.");

    /// <summary>
    /// Whether HttpClient takes it for a Host. What it does not take it writes as a second line, beside the endpoint's address.
    /// </summary>
    private static bool IsHost(string host) => IsPlain(host)
        || (HttpSyntax.IsAuthority(host) && !host.AsSpan().ContainsAny(',', '@')
            && Uri.TryCreate($"http://u@{host}/", UriKind.Absolute, out _));

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

        return !host.IsEmpty && host[0] != '-' && host[^1] != '-';
    }
}
