using System.Collections.Immutable;
using System.Globalization;

namespace Bookinfo.Cluster.Rendering;

/// <summary>A folder with one file for each manifest, named so that applying them in the order of their names works.</summary>
/// <param name="folder">The folder; it is made where it is not there, and what an earlier rendering left is removed.</param>
internal sealed class ManifestFolder(DirectoryInfo folder)
{
    // What others refer to comes first. Custom kinds come last: their controllers look at everything else.
    private static readonly string[] Order =
    [
        "Namespace", "NetworkPolicy", "ServiceAccount", "Secret", "ConfigMap", "Service",
        "StatefulSet", "Deployment", "PodDisruptionBudget", "HorizontalPodAutoscaler", "Ingress",
    ];

    /// <summary>Writes the manifests.</summary>
    public IReadOnlyList<WrittenFile> Write(IEnumerable<RegisteredResource> resources)
    {
        folder.Create();
        var manifests = resources
            .Where(resource => resource.IsManifest)
            .Select(resource => (name: FileName(resource), resource))
            .OrderBy(file => file.name, StringComparer.Ordinal)
            .ToList();
        RemoveLeftovers(manifests.Select(file => file.name).ToHashSet(StringComparer.Ordinal));
        var scaled = manifests.Select(file => file.resource).Where(resource => Text(resource, "kind") == "HorizontalPodAutoscaler")
            .Select(ScaleTarget).ToHashSet();
        return [.. manifests.Select(file =>
            Write(file.name, scaled.Contains(Identity(file.resource.Inputs)) ? WithoutNumber(file.resource) : file.resource))];
    }

    private WrittenFile Write(string name, RegisteredResource resource)
    {
        var path = Path.Combine(folder.FullName, name);
        var isSecret = Text(resource, "kind") == "Secret";
        var keep = isSecret && File.Exists(path);
        if (!keep)
        {
            File.WriteAllText(path, ManifestWriter.Write(resource));
        }

        return new WrittenFile(name, isSecret, keep);
    }

    // Pulumi leaves the number of pods to the autoscaler by itself; kubectl would set it back at every apply.
    private static RegisteredResource WithoutNumber(RegisteredResource resource) =>
        resource with
        {
            Inputs = resource.Inputs.SetItem("spec", ((ImmutableDictionary<string, object>)resource.Inputs["spec"]).Remove("replicas")),
        };

    private static (object Kind, object Name) ScaleTarget(RegisteredResource autoscaler)
    {
        var target = (
            ImmutableDictionary<string, object>)((ImmutableDictionary<string, object>)autoscaler.Inputs["spec"])["scaleTargetRef"];
        return (target["kind"], target["name"]);
    }

    private static (object Kind, object Name) Identity(ImmutableDictionary<string, object> manifest) =>
        (manifest["kind"], ((ImmutableDictionary<string, object>)manifest["metadata"])["name"]);

    private void RemoveLeftovers(HashSet<string> names)
    {
        foreach (var file in folder.EnumerateFiles("*.yaml").Where(file => char.IsAsciiDigit(file.Name[0]) && !names.Contains(file.Name)))
        {
            file.Delete();
        }
    }

    private static string FileName(RegisteredResource resource)
    {
        var kind = Text(resource, "kind");
        var rank = Array.IndexOf(Order, kind) is var index and >= 0 ? index : Order.Length;
        var metadata = (ImmutableDictionary<string, object>)resource.Inputs["metadata"];
        return string.Create(CultureInfo.InvariantCulture, $"{rank:00}-{kind.ToLowerInvariant()}-{metadata["name"]}.yaml");
    }

    private static string Text(RegisteredResource resource, string field) => (string)resource.Inputs[field];
}

/// <summary>A file of a rendering.</summary>
/// <param name="Name">Its name in the folder.</param>
/// <param name="IsSecret">Whether it holds a Secret.</param>
/// <param name="Kept">Whether it was there already and stays as it is.</param>
internal sealed record WrittenFile(string Name, bool IsSecret, bool Kept);
