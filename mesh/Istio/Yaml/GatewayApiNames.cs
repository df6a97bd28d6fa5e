using Bookinfo.Mesh.Istio.GatewayApi;

namespace Bookinfo.Mesh.Istio.Yaml;

/// <summary>The names of the Gateway API's enumerations.</summary>
internal static class GatewayApiNames
{
    public static readonly EnumNames<ValueMatchType> ValueMatch = new(
        ("Exact", ValueMatchType.Exact), ("RegularExpression", ValueMatchType.RegularExpression));

    public static readonly EnumNames<PathMatchType> PathMatch = new(
        ("Exact", PathMatchType.Exact), ("PathPrefix", PathMatchType.PathPrefix), ("RegularExpression", PathMatchType.RegularExpression));

    public static readonly EnumNames<SessionPersistenceType> SessionPersistence = new(
        ("Cookie", SessionPersistenceType.Cookie), ("Header", SessionPersistenceType.Header));

    public static readonly EnumNames<CookieLifetime> CookieLifetime = new(
        ("Session", GatewayApi.CookieLifetime.Session), ("Permanent", GatewayApi.CookieLifetime.Permanent));

    public static readonly EnumNames<FromNamespaces> From = new(
        ("All", FromNamespaces.All), ("Selector", FromNamespaces.Selector), ("Same", FromNamespaces.Same), ("None", FromNamespaces.None));

    public static readonly EnumNames<RouteFilterType> HttpFilter = new(
        ("RequestHeaderModifier", RouteFilterType.RequestHeaderModifier),
        ("ResponseHeaderModifier", RouteFilterType.ResponseHeaderModifier),
        ("RequestMirror", RouteFilterType.RequestMirror),
        ("RequestRedirect", RouteFilterType.RequestRedirect),
        ("URLRewrite", RouteFilterType.UrlRewrite),
        ("CORS", RouteFilterType.Cors));

    /// <summary>Those of HTTPRoute that GRPCRoute has as well.</summary>
    public static readonly EnumNames<RouteFilterType> GrpcFilter = new(
        ("RequestHeaderModifier", RouteFilterType.RequestHeaderModifier),
        ("ResponseHeaderModifier", RouteFilterType.ResponseHeaderModifier),
        ("RequestMirror", RouteFilterType.RequestMirror));
}
