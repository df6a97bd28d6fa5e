namespace Bookinfo.Tests.Analysis.Migration.Ingresses;

/// <summary>Writes Ingresses of the class nginx as YAML.</summary>
internal static class IngressText
{
    private const string Prefix = "nginx.ingress.kubernetes.io/";

    /// <summary>An Ingress for the host shop.example.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="annotations">Its annotations, as they stand in a map.</param>
    /// <param name="paths">Its paths, with the type of each and a Service.</param>
    public static string Of(string name, string annotations, params IReadOnlyList<(string Path, string Type, string Service)> paths) =>
        Of(name, annotations, "shop.example", "", paths);

    /// <summary>The same for a host, with further fields of the spec.</summary>
    public static string Of(string name, string annotations, string host, string fields,
        IReadOnlyList<(string Path, string Type, string Service)> paths) =>
        $$"""
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: {{name}}
          annotations: {{{annotations}}}
        spec:
          ingressClassName: nginx
          {{fields}}
          rules:
          - host: {{host}}
            http:
              paths:
        {{string.Join('\n', paths.Select(path => $"      - {{path: '{path.Path}', pathType: {path.Type}, "
            + $"backend: {{service: {{name: {path.Service}, port: {{number: 9080}}}}}}}}"))}}
        """;

    /// <summary>Annotations of ingress-nginx: <c>canary=true; canary-weight=20</c>.</summary>
    public static string Annotations(string text) => string.Join(", ", text
        .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(each => each.Split('=', 2)).Select(each => $"'{Prefix}{each[0]}': '{each[1]}'"));

    /// <summary>Ingresses in one file.</summary>
    public static string File(params IReadOnlyList<string> ingresses) => string.Join("\n---\n", ingresses);
}
