using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Proxy.Model;

namespace Bookinfo.Mesh.Analysis.Migration;

/// <summary>What is to be migrated.</summary>
public sealed record MigrationRequest
{
    /// <summary>What is known of the cluster. What the rules name beside it is taken to exist.</summary>
    public required MeshOptions Known { get; init; }

    /// <summary>Kubernetes objects beside the rules: Services, whose selectors those of subsets are made of.</summary>
    public KubernetesObjects Objects { get; init; } = KubernetesObjects.Empty;

    /// <summary>All the rules, before.</summary>
    public required RuleSet Rules { get; init; }

    /// <summary>Says which of the rules are to be migrated; the others stay as they are.</summary>
    public Func<Resource, bool> IsSelected { get; init; } = _ => true;

    /// <summary>Which fields of the Gateway API there are: retries and sessions are of the experimental channel.</summary>
    public GatewayApiChannel Channel { get; init; }

    /// <summary>
    /// Whether prefixes become <c>PathPrefix</c>, which matches whole segments, and not expressions, which match the same paths as before.
    /// </summary>
    public bool UsesPathPrefix { get; init; }
}
