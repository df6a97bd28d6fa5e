using System.Globalization;
using System.Text;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Proxy.Requests;

namespace Bookinfo.Mesh.Proxy.LoadBalancing;

/// <summary>
/// A cookie as key. Where the rule has a ttl, a caller without the cookie is given one, made of where the connection comes from and goes to
/// (<c>source/common/http/hash_policy.cc: CookieHashMethod</c> of envoyproxy/envoy).
/// </summary>
internal sealed class CookieKey(HttpCookie cookie) : IHashKey
{
    public ulong? HashOf(Exchange exchange)
    {
        if (exchange.Context.Request.Cookies[cookie.Name] is { Length: > 0 } value)
        {
            // The quotes that the cookie was set with are not part of its value (RFC 6265, 4.1.1).
            return XxHash64.Of(value.Trim('"'));
        }

        if (cookie.Ttl is not { } ttl)
        {
            return null;
        }

        var connection = exchange.Context.Connection;
        var made = XxHash64.Of($"{connection.RemoteIpAddress}:{connection.RemotePort}{connection.LocalIpAddress}:{connection.LocalPort}")
            .ToString("x16", CultureInfo.InvariantCulture);
        exchange.NewCookie ??= Header(made, ttl);
        return XxHash64.Of(made);
    }

    private string Header(string value, TimeSpan ttl)
    {
        var header = new StringBuilder(cookie.Name).Append("=\"").Append(value).Append('"');
        if (ttl > TimeSpan.Zero)
        {
            header.Append(CultureInfo.InvariantCulture, $"; Max-Age={(long)ttl.TotalSeconds}");
        }

        if (!string.IsNullOrEmpty(cookie.Path))
        {
            header.Append(CultureInfo.InvariantCulture, $"; Path={cookie.Path}");
        }

        foreach (var attribute in cookie.Attributes)
        {
            header.Append(string.IsNullOrEmpty(attribute.Value) ? $"; {attribute.Name}" : $"; {attribute.Name}={attribute.Value}");
        }

        return HttpSyntax.ToFieldValue(header.Append("; HttpOnly").ToString());
    }
}
