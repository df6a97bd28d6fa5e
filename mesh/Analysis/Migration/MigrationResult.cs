using Bookinfo.Mesh.Analysis.Diffing;
using Bookinfo.Mesh.Analysis.Migration.Findings;
using Bookinfo.Mesh.Istio.Model;

namespace Bookinfo.Mesh.Analysis.Migration;

/// <summary>The result of a migration.</summary>
/// <param name="Resources">The resources of the Gateway API, Gateways first.</param>
/// <param name="Services">Services that stand for subsets.</param>
/// <param name="Findings">What is lost, refused, or to be known.</param>
/// <param name="Proof">The rules before compared with those after, which were written and read again.</param>
public sealed record MigrationResult(IReadOnlyList<GatewayApiResource> Resources, IReadOnlyList<KubernetesService> Services,
    IReadOnlyList<MigrationFinding> Findings, RuleDifferences Proof)
{
    /// <summary>Whether everything came over, and every request goes as it did.</summary>
    public bool IsComplete => Proof.AreEquivalent && Findings.All(finding => finding.Kind == FindingKind.Note);
}
