using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Proxy.Matching;
using Bookinfo.Mesh.Proxy.Requests;

namespace Bookinfo.Mesh.Proxy.LoadBalancing;

/// <summary>The four kinds of key (<c>route.go: ConsistentHashToHashPolicy</c>).</summary>
internal static class HashKeys
{
    public static IHashKey Create(ConsistentHashLb hash) => hash switch
    {
        { HttpHeaderName: { Length: > 0 } name } => new HeaderKey(name),
        { HttpCookie: { } cookie } => new CookieKey(cookie),
        { HttpQueryParameterName: { Length: > 0 } name } => new QueryKey(name),
        _ => new SourceKey(),
    };

    private sealed class HeaderKey(string name) : IHashKey
    {
        public ulong? HashOf(Exchange exchange) =>
            exchange.Context.Request.Headers.TryGetValue(name, out var value)
                && value.Count > 0 ? XxHash64.Of(HttpSyntax.ToText(value.ToString())) : null;
    }

    private sealed class QueryKey(string name) : IHashKey
    {
        public ulong? HashOf(Exchange exchange) =>
            exchange.Query.Length > 0 && QueryString.TryGet(exchange.Query.AsSpan(1), name, out var value) ? XxHash64.Of(value) : null;
    }

    private sealed class SourceKey : IHashKey
    {
        public ulong? HashOf(Exchange exchange) =>
            exchange.Context.Connection.RemoteIpAddress is { } address ? XxHash64.Of(address.ToString()) : null;
    }
}
