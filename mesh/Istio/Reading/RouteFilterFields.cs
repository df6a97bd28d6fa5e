using Bookinfo.Mesh.Istio.GatewayApi;
using Bookinfo.Mesh.Istio.Yaml;

namespace Bookinfo.Mesh.Istio.Reading;

/// <summary>The fields of a filter of HTTPRoute and GRPCRoute.</summary>
internal static class RouteFilterFields
{
    private static readonly EnumNames<PathModifierType> PathTypes = new(
        ("ReplaceFullPath", PathModifierType.ReplaceFullPath), ("ReplacePrefixMatch", PathModifierType.ReplacePrefixMatch));

    private enum PathModifierType
    {
        ReplaceFullPath,
        ReplacePrefixMatch,
    }

    public static IReadOnlyList<RouteFilter> Read(ObjectReader owner, string message) =>
        owner.Objects("filters", message, filter => message == "GRPCRouteFilter" ? GrpcFilter(filter) : HttpFilter(filter));

    private static RouteFilter? GrpcFilter(ObjectReader filter) => Sound(filter, GatewayApiNames.GrpcFilter, new RouteFilter
    {
        Type = default,
        RequestHeaderModifier = filter.Object("requestHeaderModifier", "HTTPHeaderFilter", Headers),
        ResponseHeaderModifier = filter.Object("responseHeaderModifier", "HTTPHeaderFilter", Headers),
        RequestMirror = filter.Object("requestMirror", "HTTPRequestMirrorFilter", Mirror),
    });

    private static RouteFilter? HttpFilter(ObjectReader filter) => Sound(filter, GatewayApiNames.HttpFilter, new RouteFilter
    {
        Type = default,
        RequestHeaderModifier = filter.Object("requestHeaderModifier", "HTTPHeaderFilter", Headers),
        ResponseHeaderModifier = filter.Object("responseHeaderModifier", "HTTPHeaderFilter", Headers),
        RequestMirror = filter.Object("requestMirror", "HTTPRequestMirrorFilter", Mirror),
        RequestRedirect = filter.Object("requestRedirect", "HTTPRequestRedirectFilter", Redirect),
        UrlRewrite = filter.Object("urlRewrite", "HTTPURLRewriteFilter", Rewrite),
        Cors = filter.Object("cors", "HTTPCORSFilter", Cors),
    });

    /// <summary>The filter, whose type and fields fit together; null where they do not, which is said.</summary>
    private static RouteFilter? Sound(ObjectReader reader, EnumNames<RouteFilterType> types, RouteFilter filter)
    {
        if (!reader.Has("type"))
        {
            reader.Error("type", "a type is required", $"write type: {filter.Fields().Select(types.Of).FirstOrDefault() ?? "..."}");
        }

        if (reader.Name("type", types) is not { } type)
        {
            return null;
        }

        var field = FieldOf(type);
        if (!filter.Fields().Contains(type) && !reader.Has(field))
        {
            reader.Error(field, $"a filter of type {types.Of(type)} has {field}", $"write {field}: ...");
            return null;
        }

        foreach (var other in filter.Fields().Where(other => other != type))
        {
            reader.Error(FieldOf(other), $"a filter of type {types.Of(type)} has no {FieldOf(other)}",
                $"write a filter of its own with type: {types.Of(other)}");
        }

        return filter with { Type = type };
    }

    private static string FieldOf(RouteFilterType type) => type switch
    {
        RouteFilterType.RequestHeaderModifier => "requestHeaderModifier",
        RouteFilterType.ResponseHeaderModifier => "responseHeaderModifier",
        RouteFilterType.RequestMirror => "requestMirror",
        RouteFilterType.RequestRedirect => "requestRedirect",
        RouteFilterType.UrlRewrite => "urlRewrite",
        _ => "cors",
    };

    private static HeaderModifier Headers(ObjectReader headers) => new()
    {
        Set = headers.Objects("set", "HTTPHeader", Header),
        Add = headers.Objects("add", "HTTPHeader", Header),
        Remove = headers.Texts("remove"),
    };

    private static HttpHeader Header(ObjectReader header) =>
        new(RouteFields.Required(header, "name"), RouteFields.Required(header, "value"));

    private static RequestMirror Mirror(ObjectReader mirror)
    {
        var backend = mirror.Object("backendRef", "BackendObjectReference", RouteFields.Object);
        if (!mirror.Has("backendRef"))
        {
            mirror.Error("backendRef", "a backendRef is required", "write backendRef: {name: ..., port: ...}");
        }

        return new RequestMirror
        {
            BackendRef = backend ?? new BackendObjectReference { Name = "" },
            Percent = mirror.Int32("percent"),
            Fraction = mirror.Object("fraction", "Fraction",
                fraction => new Fraction(fraction.Int32("numerator") ?? 0, fraction.Int32("denominator"))),
        };
    }

    private static RequestRedirect Redirect(ObjectReader redirect) => new()
    {
        Scheme = redirect.Text("scheme"),
        Hostname = redirect.Text("hostname"),
        Path = redirect.Object("path", "HTTPPathModifier", Path),
        Port = redirect.Int32("port"),
        StatusCode = redirect.Int32("statusCode"),
    };

    private static UrlRewrite Rewrite(ObjectReader rewrite) => new()
    {
        Hostname = rewrite.Text("hostname"),
        Path = rewrite.Object("path", "HTTPPathModifier", Path),
    };

    private static PathModifier? Path(ObjectReader path)
    {
        if (!path.Has("type"))
        {
            path.Error("type", "a type is required", "use ReplaceFullPath or ReplacePrefixMatch");
        }

        var type = path.Name("type", PathTypes);
        var (full, prefix) = (path.Text("replaceFullPath"), path.Text("replacePrefixMatch"));
        if (type is null)
        {
            return null;
        }

        var isFull = type == PathModifierType.ReplaceFullPath;
        var (wanted, other) = isFull ? ("replaceFullPath", "replacePrefixMatch") : ("replacePrefixMatch", "replaceFullPath");
        if (!path.Has(wanted))
        {
            path.Error(wanted, $"a path of type {PathTypes.Of(type.Value)} has {wanted}", $"write {wanted}: /...");
            return null;
        }

        if (path.Has(other))
        {
            path.Error(other, $"a path of type {PathTypes.Of(type.Value)} has no {other}", "leave it out");
        }

        return isFull ? new PathModifier { ReplaceFullPath = full } : new PathModifier { ReplacePrefixMatch = prefix };
    }

    private static CorsFilter Cors(ObjectReader cors) => new()
    {
        AllowOrigins = cors.Texts("allowOrigins"),
        AllowCredentials = cors.Boolean("allowCredentials"),
        AllowMethods = cors.Texts("allowMethods"),
        AllowHeaders = cors.Texts("allowHeaders"),
        ExposeHeaders = cors.Texts("exposeHeaders"),
        MaxAge = cors.Int32("maxAge"),
    };
}
