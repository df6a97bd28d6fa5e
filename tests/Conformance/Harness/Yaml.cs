namespace Bookinfo.Tests.Conformance.Harness;

/// <summary>The parts of a resource that every row would repeat.</summary>
public static class Yaml
{
    /// <summary>A VirtualService whose <c>spec.http</c> is given as a YAML list.</summary>
    public static string VirtualService(string hosts, string http, string name = "default", string? gateways = null,
        string? @namespace = null) =>
        Resource("VirtualService", name, @namespace, $"""
            hosts: [{hosts}]
            {(gateways is null ? "" : $"gateways: [{gateways}]")}
            http:
            {http}
            """);

    /// <summary>A DestinationRule; <paramref name="spec"/> is everything but the host.</summary>
    public static string DestinationRule(string host, string spec, string? name = null, string? @namespace = null) =>
        Resource("DestinationRule", name ?? host.Replace("*", "wild", StringComparison.Ordinal), @namespace, $"""
            host: "{host}"
            {spec}
            """);

    /// <summary>A DestinationRule with subsets v1, v2 and so on by the version label.</summary>
    public static string Subsets(string host, params string[] versions) =>
        DestinationRule(
            host, "subsets:\n" + string.Join('\n', versions.Select(version =>
                """- {name: <version>, labels: {version: <version>}}""".Fill(("version", version)))));

    /// <summary>An HTTP gateway on Istio's own ingress, port 80.</summary>
    public static string Gateway(string hosts = "\"*\"", string name = "gateway") => Resource("Gateway", name, null, """
        selector: {istio: ingressgateway}
        servers:
        - port: {number: 80, name: http, protocol: HTTP}
          hosts: [<hosts>]
        """.Fill(("hosts", hosts)));

    /// <summary>A ServiceEntry.</summary>
    public static string ServiceEntry(string name, string spec) => Resource("ServiceEntry", name, null, spec);

    /// <summary>Puts values in the place of <c>&lt;name&gt;</c>: YAML's own braces stay as they are.</summary>
    public static string Fill(this string template, params IEnumerable<(string Name, object Value)> values) =>
        values.Aggregate(template, (text, value) => text.Replace($"<{value.Name}>", value.Value.ToString(), StringComparison.Ordinal));

    /// <summary>Several resources in one text.</summary>
    public static string All(params string[] resources) => string.Join("\n---\n", resources);

    private static string Resource(string kind, string name, string? @namespace, string spec) => $"""
        apiVersion: networking.istio.io/v1
        kind: {kind}
        metadata:
          name: {name}
        {(@namespace is null ? "" : $"  namespace: {@namespace}")}
        spec:
        {string.Join('\n', spec.Split('\n').Select(line => "  " + line))}
        """;
}
