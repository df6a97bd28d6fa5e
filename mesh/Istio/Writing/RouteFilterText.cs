using Bookinfo.Mesh.Istio.GatewayApi;
using Bookinfo.Mesh.Istio.Yaml;

namespace Bookinfo.Mesh.Istio.Writing;

/// <summary>Writes the filters of HTTPRoute and GRPCRoute.</summary>
internal sealed class RouteFilterText(ObjectWriter writer)
{
    public void Write(IReadOnlyList<RouteFilter> filters, EnumNames<RouteFilterType> types) =>
        writer.Objects("filters", filters, filter =>
        {
            writer.Name("type", (RouteFilterType?)filter.Type, types);
            writer.Object("requestHeaderModifier", filter.RequestHeaderModifier, Headers);
            writer.Object("responseHeaderModifier", filter.ResponseHeaderModifier, Headers);
            writer.Object("requestMirror", filter.RequestMirror, Mirror);
            writer.Object("requestRedirect", filter.RequestRedirect, redirect =>
            {
                writer.Text("scheme", redirect.Scheme);
                writer.Text("hostname", redirect.Hostname);
                Path(redirect.Path);
                writer.Number("port", redirect.Port);
                writer.Number("statusCode", redirect.StatusCode);
            });
            writer.Object("urlRewrite", filter.UrlRewrite, rewrite =>
            {
                writer.Text("hostname", rewrite.Hostname);
                Path(rewrite.Path);
            });
            writer.Object("cors", filter.Cors, Cors);
        });

    /// <summary>The fields of a reference to a backend.</summary>
    public void Backend(BackendObjectReference backend)
    {
        writer.Text("group", backend.Group);
        writer.Text("kind", backend.Kind);
        writer.Text("namespace", backend.Namespace);
        writer.Text("name", backend.Name);
        writer.Number("port", backend.Port);
    }

    private void Headers(HeaderModifier headers)
    {
        writer.Objects("set", headers.Set, Header);
        writer.Objects("add", headers.Add, Header);
        writer.Texts("remove", headers.Remove);
    }

    private void Header(HttpHeader header)
    {
        writer.Text("name", header.Name);
        writer.Text("value", header.Value);
    }

    private void Mirror(RequestMirror mirror)
    {
        writer.Object("backendRef", mirror.BackendRef, Backend);
        writer.Number("percent", mirror.Percent);
        writer.Object("fraction", mirror.Fraction, fraction =>
        {
            writer.Number("numerator", fraction.Numerator);
            writer.Number("denominator", fraction.Denominator);
        });
    }

    private void Path(PathModifier? modifier) => writer.Object("path", modifier, path =>
    {
        writer.Text("type", path.ReplaceFullPath is null ? "ReplacePrefixMatch" : "ReplaceFullPath");
        writer.Text("replaceFullPath", path.ReplaceFullPath);
        writer.Text("replacePrefixMatch", path.ReplacePrefixMatch);
    });

    private void Cors(CorsFilter cors)
    {
        writer.Texts("allowOrigins", cors.AllowOrigins);
        writer.Boolean("allowCredentials", cors.AllowCredentials);
        writer.Texts("allowMethods", cors.AllowMethods);
        writer.Texts("allowHeaders", cors.AllowHeaders);
        writer.Texts("exposeHeaders", cors.ExposeHeaders);
        writer.Number("maxAge", cors.MaxAge);
    }
}
