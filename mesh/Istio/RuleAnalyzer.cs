using Bookinfo.Mesh.Istio.Analysis;

namespace Bookinfo.Mesh.Istio;

/// <summary>
/// Says what is wrong or odd about rules that are valid one by one, as <c>istioctl analyze</c> does (<c>pkg/config/analysis/analyzers</c> of istio/istio):
/// warnings where traffic will fail or a rule does nothing, notes for what people trip over.
/// </summary>
public static class RuleAnalyzer
{
    /// <summary>Warnings and notes about the rules together with what runs, by file, line and column.</summary>
    public static IReadOnlyList<Problem> Analyze(RuleSet rules, KnownServices known)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(known);
        var scope = new AnalysisScope(rules, known);
        IEnumerable<Problem> problems =
        [
            .. HostAnalysis.Analyze(scope),
            .. DestinationAnalysis.Analyze(scope),
            .. SubsetAnalysis.Analyze(scope),
            .. DestinationRuleAnalysis.Analyze(scope),
            .. GatewayAnalysis.Analyze(scope),
            .. DelegateAnalysis.Analyze(scope),
            .. RouteAnalysis.Analyze(scope),
        ];
        return [.. problems.OrderBy(problem => problem.File, StringComparer.Ordinal).ThenBy(problem => problem.Line).ThenBy(problem => problem.Column)];
    }
}
