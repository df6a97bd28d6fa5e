
namespace Bookinfo.Mesh.Analysis.Assumptions;

/// <summary>Who calls, as somebody who asks about rules says it.</summary>
public sealed record CallerSelector
{
    /// <summary>Callers outside.</summary>
    public static CallerSelector Gateway { get; } = new() { Name = "gateway" };

    /// <summary>
    /// Some pod, or the gateway where only that has a rule for the request: for tests of tools that know no callers.
    /// </summary>
    public static CallerSelector Anyone { get; } = new() { IsAnyone = true };

    /// <summary>
    /// <c>gateway</c>, or a pod's, a workload's or an app's name; null for a pod that the other two describe.
    /// </summary>
    public string? Name { get; init; }

    /// <summary>The namespace of a pod without a name.</summary>
    public string Namespace { get; init; } = "default";

    /// <summary>Whether the gateway is asked where a pod has no rule for the request.</summary>
    public bool IsAnyone { get; init; }

    /// <summary>The labels of a pod without a name.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>The caller's name in the mesh that is assumed.</summary>
    public string MeshName => Name ?? string.Join(' ',
        [$"a pod in {Namespace}", .. Labels.Select(label => $"{label.Key}={label.Value}").Order(StringComparer.Ordinal)]);
}
