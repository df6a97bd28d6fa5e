namespace Bookinfo.Mesh.Proxy.Model;

/// <summary>
/// A release of an application, as a Kubernetes Deployment would run it: what telemetry and <c>sourceLabels</c> know of a caller.
/// </summary>
/// <param name="Name">Name of the deployment, e.g. <c>reviews-v2</c>.</param>
/// <param name="App">The <c>app</c> label, e.g. <c>reviews</c>; a service selects its pods by it.</param>
/// <param name="Version">The <c>version</c> label, e.g. <c>v2</c>.</param>
/// <param name="Labels">Every label, <c>app</c> and <c>version</c> among them.</param>
/// <param name="Namespace">The namespace it runs in.</param>
public sealed record Workload(string Name, string App, string Version, IReadOnlyDictionary<string, string> Labels, string Namespace)
{
    /// <summary>A workload with the two labels that Istio asks for and no others.</summary>
    public static Workload Of(string app, string version, string @namespace = "default") =>
        new($"{app}-{version}", app, version, new Dictionary<string, string> { ["app"] = app, ["version"] = version }, @namespace);

    /// <summary>Callers that come in by the gateway, with the labels of Istio's own deployment.</summary>
    public static Workload IngressGateway { get; } = new("istio-ingressgateway", "istio-ingressgateway", "unknown",
        new Dictionary<string, string> { ["app"] = "istio-ingressgateway", ["istio"] = "ingressgateway" }, "istio-system");

    /// <summary>
    /// Istio's name for the service that the workload belongs to, whatever Kubernetes services select it
    /// (<c>pkg/kube/labels/labels.go: CanonicalService</c>; https://istio.io/latest/docs/ops/deployment/canonical-service/).
    /// </summary>
    internal string CanonicalService => Label("service.istio.io/canonical-name", "app.kubernetes.io/name", "app") ?? Name;

    /// <summary>The canonical service's revision; <c>latest</c> for a workload that has none.</summary>
    internal string CanonicalRevision => Label("service.istio.io/canonical-revision", "app.kubernetes.io/version", "version") ?? "latest";

    private string? Label(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Labels.TryGetValue(name, out var value) && value.Length > 0)
            {
                return value;
            }
        }

        return null;
    }
}
