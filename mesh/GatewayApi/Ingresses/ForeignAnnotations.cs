using Bookinfo.Mesh.Istio.Ingresses;

namespace Bookinfo.Mesh.GatewayApi.Ingresses;

/// <summary>Annotations of an Ingress by which other controllers are told more than its fields can say. Istio reads none of them.</summary>
internal static class ForeignAnnotations
{
    /// <summary>Prefixes of controllers whose names do not give them away.</summary>
    private static readonly string[] Prefixes =
    [
        "nginx.org", "nginx.com", "haproxy.org", "konghq.com", "networking.gke.io", "traefik.io", "projectcontour.io",
        "getambassador.io", "zalando.org",
    ];

    /// <summary>The names of such annotations, in their order.</summary>
    public static IEnumerable<string> Of(Ingress ingress) =>
        ingress.Metadata.Annotations.Keys.Where(name => name != Ingress.ClassAnnotation && IsForeign(name));

    private static bool IsForeign(string name)
    {
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        var prefix = slash < 0 ? "" : name[..slash];
        return Prefixes.Contains(prefix)
            || prefix.Contains("ingress", StringComparison.Ordinal)
            || (prefix == "kubernetes.io" && name.StartsWith("kubernetes.io/ingress.", StringComparison.Ordinal));
    }
}
