using Bookinfo.Mesh.Istio.Model;

namespace Bookinfo.Mesh.Istio.Writing;

/// <summary>Writes a VirtualService's spec.</summary>
internal sealed class VirtualServiceText(ObjectWriter fields)
{
    private readonly HttpRouteText _route = new(fields);

    public void Write(VirtualService service)
    {
        fields.Texts("hosts", service.Hosts);
        fields.Texts("gateways", service.Gateways);
        fields.Texts("exportTo", service.ExportTo);
        fields.Objects("http", service.Http, Route);
    }

    private void Route(HttpRoute route)
    {
        fields.Text("name", route.Name);
        fields.Objects("match", route.Match, Match);
        fields.Object("delegate", route.Delegate, each =>
        {
            fields.Text("name", each.Name);
            fields.Text("namespace", each.Namespace);
        });
        _route.Write(route);
    }

    private void Match(HttpMatchRequest match)
    {
        fields.Text("name", match.Name);
        Text("uri", match.Uri);
        fields.Flag("ignoreUriCase", match.IgnoreUriCase);
        Text("scheme", match.Scheme);
        Text("method", match.Method);
        Text("authority", match.Authority);
        fields.Map("headers", match.Headers, Text);
        fields.Map("withoutHeaders", match.WithoutHeaders, Text);
        fields.Map("queryParams", match.QueryParams, Text);
        fields.Number("port", match.Port);
        fields.Texts("sourceLabels", match.SourceLabels);
        fields.Text("sourceNamespace", match.SourceNamespace);
        fields.Texts("gateways", match.Gateways);
    }

    private void Text(string name, StringMatch? match) => fields.Object(name, match, Text);

    private void Text(StringMatch match) => WriteText(fields, match);

    public static void WriteText(ObjectWriter fields, StringMatch match)
    {
        fields.Text("exact", match.Exact);
        fields.Text("prefix", match.Prefix);
        fields.Text("regex", match.Regex);
    }
}
