using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Bookinfo.Mesh.KubernetesApi.Objects;
using Bookinfo.Topology;

namespace Bookinfo.Mesh.Lab.Kubernetes;

/// <summary>
/// What a pod's image runs. The images of the sample are those that <c>infra/Cluster/images.sh</c> makes, whatever their registry and tag:
/// <c>bookinfo/reviews:ANY</c> is the program of reviews. The Lab has no others.
/// </summary>
/// <param name="topology">The system.</param>
internal sealed class SampleImages(ServiceTopology topology)
{
    /// <summary>Finds the program of a pod, with the settings of its manifest.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="program">The service and the release that it runs.</param>
    /// <param name="error">Otherwise why there is none.</param>
    public bool TryFind(
        JsonObject pod, [NotNullWhen(true)] out (BookService Service, Release Release)? program, [NotNullWhen(false)] out string? error)
    {
        var container = pod.Items("spec", "containers").FirstOrDefault();
        var image = container.Text("image") ?? "";
        var name = image.Split('@')[0].Split('/')[^1].Split(':')[0];
        var service = topology.Services.FirstOrDefault(known => known.Name == name);
        if (service is null || !image.Contains("bookinfo", StringComparison.Ordinal))
        {
            program = null;
            error = $"Failed to pull image \"{image}\": the Lab runs only the sample's images, bookinfo/NAME:ANY with NAME one of "
                + string.Join(", ", topology.Services.Select(known => known.Name));
            return false;
        }

        var version = pod.Text("metadata", "labels", "version") ?? "latest";
        var known = service.Releases.FirstOrDefault(release => release.Version == version);
        var settings = container.Items("env").Where(variable => variable.Text("value") is not null && variable.Text("name") is not null)
            .DistinctBy(variable => variable.Text("name"))
            .ToDictionary(variable => variable.Text("name")!, variable => variable.Text("value")!, StringComparer.Ordinal);
        program = (service, new Release(version, known?.Summary ?? "")
        {
            Settings = settings,
            NeedsDatabase = known?.NeedsDatabase ?? false,
            CallsOutside = known?.CallsOutside,
        });
        error = null;
        return true;
    }
}
