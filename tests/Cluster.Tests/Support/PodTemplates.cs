namespace Bookinfo.Tests.Cluster.Support;

/// <summary>The pods of a stack, whatever makes them.</summary>
internal static class PodTemplates
{
    private static readonly string[] Kinds = ["Deployment", "StatefulSet", "Rollout"];

    public static IReadOnlyList<PodTemplate> Of(Observation stack) =>
        [.. stack.Manifests.Where(manifest => Kinds.Contains(manifest.Kind))
            .Select(manifest => new PodTemplate(manifest, manifest.Tree["spec"]["template"]))];
}

/// <summary>The pods that one workload makes.</summary>
internal sealed record PodTemplate(Observed Workload, Tree Template)
{
    public Tree Spec => Template["spec"];

    public IReadOnlyDictionary<string, string> Labels => Template["metadata"]["labels"].Texts;

    public IReadOnlyList<Tree> Containers => Spec["containers"].Items;

    public IEnumerable<Tree> Ports => Containers.SelectMany(container => container["ports"].Items);

    public bool Matches(Tree selector) => selector.Texts.All(label => Labels.TryGetValue(label.Key, out var value) && value == label.Value);
}
