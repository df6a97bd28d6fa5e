using Bookinfo.Mesh.Istio.Analysis;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Problems;

namespace Bookinfo.Mesh.Istio;

/// <summary>
/// Says what is wrong or odd about rules that are valid one by one, as <c>istioctl analyze</c> does (<c>pkg/config/analysis/analyzers</c>
/// of istio/istio):
/// with Istio's code and severity where Istio has the message, and beside it where traffic will fail, where a rule does nothing, and what
/// people trip over.
/// </summary>
public static class RuleAnalyzer
{
    /// <summary>What is to be said about the rules together with what runs, by file, line and column. None of it is a refusal.</summary>
    public static IReadOnlyList<Problem> Analyze(RuleSet rules, KnownServices known) => Analyze(rules, known, new HashSet<Resource>());

    /// <summary>The same, for rules of which some could only be read in part: nothing is said that may follow from that.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="known">What runs.</param>
    /// <param name="faulty">The resources that could only be read in part (<see cref="RuleReading.Faulty"/>).</param>
    public static IReadOnlyList<Problem> Analyze(RuleSet rules, KnownServices known, IReadOnlySet<Resource> faulty) =>
        Analyze(rules, known, faulty, null).Problems;

    /// <summary>The same, with what is not said anew where only VirtualServices have changed.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="known">What runs.</param>
    /// <param name="faulty">The resources that could only be read in part.</param>
    /// <param name="before">The analysis of the set before; null for none.</param>
    public static RuleAnalysis Analyze(RuleSet rules, KnownServices known, IReadOnlySet<Resource> faulty, RuleAnalysis? before)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(known);
        ArgumentNullException.ThrowIfNull(faulty);

        // The mesh looks at rules in this order, so that of two for one host the same one is said to do nothing.
        return RuleAnalysis.Of(ResourceOrder.Sort(rules), known, faulty, before);
    }
}
