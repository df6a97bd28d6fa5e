using Bookinfo.Mesh.Istio.Model;

namespace Bookinfo.Mesh.Istio.Reading;

/// <summary>The fields of a match, and of a text in it.</summary>
internal static class HttpMatchFields
{
    public static HttpMatchRequest Read(ObjectReader match) => new()
    {
        Name = match.Text("name"),
        Uri = Text(match, "uri"),
        Scheme = Text(match, "scheme"),
        Method = Text(match, "method"),
        Authority = Text(match, "authority"),
        Headers = match.ObjectMap("headers", "StringMatch", StringMatch),
        Port = match.UInt32("port") is > 0 and var port ? port : null,
        SourceLabels = match.TextMap("sourceLabels"),
        Gateways = match.Texts("gateways"),
        QueryParams = match.ObjectMap("queryParams", "StringMatch", StringMatch),
        IgnoreUriCase = match.Boolean("ignoreUriCase") ?? false,
        WithoutHeaders = match.ObjectMap("withoutHeaders", "StringMatch", StringMatch),
        SourceNamespace = match.Text("sourceNamespace") is { Length: > 0 } name ? name : null,
    };

    public static StringMatch StringMatch(ObjectReader match) => new()
    {
        Exact = match.Text("exact"),
        Prefix = match.Text("prefix"),
        Regex = match.Text("regex"),
    };

    private static StringMatch? Text(ObjectReader match, string name) => match.Object(name, "StringMatch", StringMatch);
}
