namespace Bookinfo.ProductPage.Sessions;

/// <summary>Whether a browser's header speaks of the host that the request is for.</summary>
internal static class OwnHost
{
    /// <summary>Compares only hosts and ports: the scheme may have changed on the way, where a load balancer ends TLS.</summary>
    /// <param name="request">The request.</param>
    /// <param name="header">A URL or an origin, as the browser sent it; anybody's to write.</param>
    /// <returns>The header as a URL where it is one of this host, else null.</returns>
    public static Uri? Read(HttpRequest request, string? header) =>
        Uri.TryCreate(header, UriKind.Absolute, out var uri)
            && string.Equals(uri.Authority, Authority(request.Host), StringComparison.OrdinalIgnoreCase) ? uri : null;

    private static string Authority(HostString host) => host.Port is 80 or 443 ? host.Host : host.Value ?? "";
}
