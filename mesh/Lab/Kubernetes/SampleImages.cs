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
    /// <summary>What the Lab decides itself, whatever a manifest says: where a pod listens, and how it ends.</summary>
    private static readonly string[] OwnSettings =
        ["urls", "ASPNETCORE_URLS", "ASPNETCORE_HTTP_PORTS", "DRAIN_SECONDS", "SHUTDOWN_SECONDS"];

    /// <summary>Finds the program of a pod.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="program">The service and the release that it runs.</param>
    /// <param name="error">Otherwise why there is none.</param>
    public bool TryFind(
        JsonObject pod, [NotNullWhen(true)] out (BookService Service, Release Release)? program, [NotNullWhen(false)] out string? error)
    {
        var image = pod.Items("spec", "containers").FirstOrDefault().Text("image") ?? "";
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
        program = (service, new Release(version, known?.Summary ?? "")
        {
            NeedsDatabase = known?.NeedsDatabase ?? false,
            CallsOutside = known?.CallsOutside,
        });
        error = null;
        return true;
    }

    /// <summary>
    /// The release with the settings of its manifest. A release with a database keeps its data in a file of the Lab, so that it is not
    /// told of a server that does not run.
    /// </summary>
    /// <param name="release">The release.</param>
    /// <param name="environment">The variables of its container, by name.</param>
    public static Release With(Release release, IReadOnlyDictionary<string, string> environment) => release with
    {
        Settings = environment
            .Where(variable => !OwnSettings.Contains(variable.Key, StringComparer.OrdinalIgnoreCase)
                && !(release.NeedsDatabase && variable.Key.StartsWith("ConnectionStrings", StringComparison.Ordinal)))
            .ToDictionary(variable => variable.Key.Replace("__", ":", StringComparison.Ordinal), variable => variable.Value,
                StringComparer.OrdinalIgnoreCase),
    };
}
