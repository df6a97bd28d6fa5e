using Bookinfo.Topology;
using Pulumi;

namespace Bookinfo.Cluster.Resources;

/// <summary>
/// Labels and what selects by them. <c>app</c> and <c>version</c> are those that Istio's subsets and telemetry read. There is no
/// <c>app.kubernetes.io/version</c>: Istio would take it for the revision in its metrics instead of <c>version</c>
/// (istio <c>manifests/charts/istio-control/istio-discovery/files/injection-template.yaml</c>).
/// </summary>
internal static class Labels
{
    private const string PartOf = "bookinfo";

    /// <summary>The labels of whatever belongs to an application of that name.</summary>
    public static InputMap<string> Of(string app) => new()
    {
        ["app"] = app,
        ["app.kubernetes.io/name"] = app,
        ["app.kubernetes.io/part-of"] = PartOf,
    };

    /// <summary>The labels of a release's workload and pods.</summary>
    public static InputMap<string> Of(BookService service, Release release)
    {
        var labels = Of(service.Name);
        labels.Add("version", release.Version);
        return labels;
    }

    /// <summary>Selects all pods of a service, whatever the release.</summary>
    public static InputMap<string> Select(string app) => new() { ["app"] = app };

    /// <summary>Selects the pods of one release.</summary>
    public static InputMap<string> Select(BookService service, Release release) => new()
    {
        ["app"] = service.Name,
        ["version"] = release.Version,
    };
}
