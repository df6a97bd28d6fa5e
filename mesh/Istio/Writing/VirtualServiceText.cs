using Bookinfo.Mesh.Istio.Model;

namespace Bookinfo.Mesh.Istio.Writing;

/// <summary>Writes a VirtualService's spec.</summary>
internal sealed class VirtualServiceText(YamlWriter yaml)
{
    private readonly HttpRouteText _route = new(yaml);

    public void Write(VirtualService service)
    {
        yaml.Texts("hosts", service.Hosts);
        yaml.Texts("gateways", service.Gateways);
        yaml.Texts("exportTo", service.ExportTo);
        yaml.Objects("http", service.Http, Route);
    }

    private void Route(HttpRoute route)
    {
        yaml.Text("name", route.Name);
        yaml.Objects("match", route.Match, Match);
        yaml.Object("delegate", route.Delegate, each =>
        {
            yaml.Text("name", each.Name);
            yaml.Text("namespace", each.Namespace);
        });
        _route.Write(route);
    }

    private void Match(HttpMatchRequest match)
    {
        yaml.Text("name", match.Name);
        Text("uri", match.Uri);
        yaml.Flag("ignoreUriCase", match.IgnoreUriCase);
        Text("scheme", match.Scheme);
        Text("method", match.Method);
        Text("authority", match.Authority);
        yaml.Map("headers", match.Headers, Text);
        yaml.Map("withoutHeaders", match.WithoutHeaders, Text);
        yaml.Map("queryParams", match.QueryParams, Text);
        yaml.Number("port", match.Port);
        yaml.Texts("sourceLabels", match.SourceLabels);
        yaml.Text("sourceNamespace", match.SourceNamespace);
        yaml.Texts("gateways", match.Gateways);
    }

    private void Text(string name, StringMatch? match) => yaml.Object(name, match, Text);

    private void Text(StringMatch match) => WriteText(yaml, match);

    public static void WriteText(YamlWriter yaml, StringMatch match)
    {
        yaml.Text("exact", match.Exact);
        yaml.Text("prefix", match.Prefix);
        yaml.Text("regex", match.Regex);
    }
}
