using System.Globalization;
using Bookinfo.Mesh.Istio.Expressions;
using Bookinfo.Mesh.Istio.Problems;
using Bookinfo.Mesh.Rollouts.Analysis;
using Bookinfo.Mesh.Rollouts.Model;

namespace Bookinfo.Mesh.Rollouts.Plans;

/// <summary>
/// Puts the templates of an analysis together with what they are given (argo-rollouts <c>utils/analysis/helpers.go:
/// NewAnalysisRunFromTemplates</c>, <c>factory.go</c>).
/// </summary>
/// <param name="rollout">The Rollout.</param>
/// <param name="templates">The templates there are.</param>
/// <param name="releases">The releases that arguments may stand for.</param>
/// <param name="problems">Where problems go.</param>
internal sealed class AnalysisPlanner(
    Rollout rollout, IReadOnlyList<AnalysisTemplate> templates, Releases releases, List<Problem> problems)
{
    /// <summary>The plan of one analysis; problems were added where it cannot be used.</summary>
    public AnalysisPlan Plan(TemplateAnalysis analysis, string path)
    {
        var used = analysis.Templates.Distinct().Select((name, at) => Find(name, $"{path}.templates[{at}].templateName"))
            .OfType<AnalysisTemplate>().ToList();
        var arguments = new ArgumentValues(rollout, releases, Error).Merge(analysis, path, used);
        List<MetricPlan> metrics = [];
        foreach (var template in used)
        {
            var reader = new MetricPlanner(template, arguments, problems);
            foreach (var metric in template.Metrics)
            {
                if (metrics.Exists(other => other.Name == metric.Name))
                {
                    problems.Add(template.Problem(Severity.Error, $"{metric.Path}.name",
                        $"two metrics have the same name '{metric.Name}'"));
                }
                else if (reader.Plan(metric) is { } plan)
                {
                    metrics.Add(plan);
                }
            }
        }

        return new AnalysisPlan(string.Join(", ", analysis.Templates),
            WithDryRun(metrics, [.. analysis.DryRun, .. used.SelectMany(template => template.DryRun)], path));
    }

    private AnalysisTemplate? Find(string name, string path)
    {
        if (templates.FirstOrDefault(template => template.Name == name) is { } found)
        {
            return found;
        }

        var near = Messages.Nearest(name, templates.Select(template => template.Name));
        Error(path, $"there is no AnalysisTemplate {name}", near is null ? "write it into the same file" : $"did you mean {near}?");
        return null;
    }

    /// <summary>A rule of <c>dryRun</c> is an expression for names (<c>helpers.go: GetDryRunMetrics</c>).</summary>
    private List<MetricPlan> WithDryRun(List<MetricPlan> metrics, IReadOnlyList<string> rules, string path)
    {
        HashSet<string> dry = [];
        foreach (var (rule, at) in rules.Select((rule, at) => (rule, at)))
        {
            if (Re2.FindError(rule) is { } error)
            {
                Error(path, string.Create(CultureInfo.InvariantCulture, $"dryRun[{at}]: {error}"), null);
                continue;
            }

            var expression = Re2.Anywhere(rule);
            var named = metrics.Where(metric => expression.IsMatch(metric.Name)).Select(metric => metric.Name).ToList();
            if (named.Count == 0)
            {
                Error(path, string.Create(CultureInfo.InvariantCulture, $"dryRun[{at}]: Rule didn't match any metric name(s)"), null);
            }

            dry.UnionWith(named);
        }

        return [.. metrics.Select(metric => metric with { IsDryRun = dry.Contains(metric.Name) })];
    }

    private void Error(string path, string message, string? suggestion) =>
        problems.Add(rollout.Problem(Severity.Error, path, message, suggestion));
}
