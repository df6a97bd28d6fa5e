using System.Globalization;
using System.Text.RegularExpressions;
using Bookinfo.Mesh.Istio.Problems;
using Bookinfo.Mesh.Istio.Yaml;
using Bookinfo.Mesh.Rollouts.Analysis;
using Bookinfo.Mesh.Rollouts.Conditions;
using Bookinfo.Mesh.Rollouts.Model;
using Bookinfo.Mesh.Rollouts.Queries;

namespace Bookinfo.Mesh.Rollouts.Plans;

/// <summary>
/// Fills in a metric's arguments, reads what it says and checks it (argo-rollouts <c>utils/analysis/factory.go: ResolveMetricArgs,
/// ValidateMetric</c>).
/// </summary>
/// <param name="template">Its template.</param>
/// <param name="arguments">The arguments.</param>
/// <param name="problems">Where problems go.</param>
internal sealed partial class MetricPlanner(
    AnalysisTemplate template, IReadOnlyDictionary<string, string> arguments, List<Problem> problems)
{
    private readonly AnalysisTemplate _template = template;
    private readonly IReadOnlyDictionary<string, string> _arguments = arguments;
    private readonly List<Problem> _problems = problems;

    /// <summary>The plan; null where there is a problem.</summary>
    public MetricPlan? Plan(Metric metric)
    {
        var before = _problems.Count;
        var at = new Fields(this, metric);
        var plan = new MetricPlan(metric.Name)
        {
            Query = at.Read("provider.prometheus.query", metric.Query, Query.Parse),
            Interval = at.Duration("interval", metric.Interval),
            InitialDelay = at.Duration("initialDelay", metric.InitialDelay),
            Count = at.Whole("count", metric.Count),
            SuccessCondition = at.Read("successCondition", metric.SuccessCondition, Condition.Parse),
            FailureCondition = at.Read("failureCondition", metric.FailureCondition, Condition.Parse),
            FailureLimit = at.Whole("failureLimit", metric.FailureLimit),
            InconclusiveLimit = at.Whole("inconclusiveLimit", metric.InconclusiveLimit),
            ConsecutiveErrorLimit = at.Whole("consecutiveErrorLimit", metric.ConsecutiveErrorLimit),
            ConsecutiveSuccessLimit = at.Whole("consecutiveSuccessLimit", metric.ConsecutiveSuccessLimit),
        };
        if (_problems.Count == before)
        {
            Validate(plan, at);
        }

        return _problems.Count == before ? plan : null;
    }

    private static void Validate(MetricPlan plan, Fields at)
    {
        var (count, failures, successes) = (plan.Count ?? 0, plan.FailureLimit ?? 0, plan.ConsecutiveSuccessLimit ?? 0);
        at.Require(successes >= 0, "consecutiveSuccessLimit", "consecutiveSuccessLimit must be >= 0");
        at.Require(failures >= -1, "failureLimit", "failureLimit must be >= 0, or -1 to be disabled");
        at.Require(successes != 0 || failures != -1, "failureLimit", "failureLimit and consecutiveSuccessLimit cannot both be disabled");
        at.Require(plan.InconclusiveLimit is null or >= 0, "inconclusiveLimit", "inconclusiveLimit must be >= 0");
        at.Require(plan.ConsecutiveErrorLimit is null or >= 0, "consecutiveErrorLimit", "consecutiveErrorLimit must be >= 0");
        if (count > 0)
        {
            at.Require(successes < 0 || failures < 0 || count >= failures + successes, "count", string.Create(CultureInfo.InvariantCulture,
                $"count ({count}) must be >= failureLimit + consecutiveSuccessLimit ({failures} + {successes}) if both >= 0"));
            at.Require(failures >= 0 || count >= successes, "count", "count must be >= consecutiveSuccessLimit");
            at.Require(count >= (plan.InconclusiveLimit ?? 0), "count", "count must be >= inconclusiveLimit");
        }

        at.Require(count <= 1 || plan.Interval is not null, "count", "interval must be specified when count > 1");
        at.Require(plan.Interval is null || plan.Interval > TimeSpan.Zero, "interval", "interval must be longer than 0");
        at.Require(plan.InitialDelay is null || plan.InitialDelay >= TimeSpan.Zero, "initialDelay", "initialDelay must be >= 0");
    }

    [GeneratedRegex(@"\{\{\s*(?<name>[^{}]*?)\s*\}\}")]
    private static partial Regex Placeholder();

    /// <summary>The fields of one metric.</summary>
    private sealed class Fields(MetricPlanner planner, Metric metric)
    {
        public TimeSpan? Duration(string field, string? text) => Resolve(field, text) is { Length: > 0 } value
            ? GoDuration.Parse(value, out var reason) is { } duration
                ? duration
                : Fail<TimeSpan?>(field, $"{Messages.Quote(value)} is not a duration: {reason}", "write it as 30s or 5m")
            : null;

        public int? Whole(string field, string? text) => Resolve(field, text) is { Length: > 0 } value
            ? int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                ? number
                : Fail<int?>(field, $"{Messages.Quote(value)} is not a whole number")
            : null;

        public T? Read<T>(string field, string? text, Func<string, T> parse)
            where T : class
        {
            if (Resolve(field, text) is not { Length: > 0 } value)
            {
                return null;
            }

            try
            {
                return parse(value);
            }
            catch (QueryException e)
            {
                return Fail<T>(field, e.Message, e.Suggestion);
            }
            catch (ConditionException e)
            {
                return Fail<T>(field, e.Message, e.Suggestion);
            }
        }

        public void Require(bool right, string field, string otherwise)
        {
            if (!right)
            {
                Fail<object>(field, otherwise);
            }
        }

        private string? Resolve(string field, string? text) => text is null ? null : Placeholder().Replace(text, placeholder =>
        {
            var name = placeholder.Groups["name"].Value;
            return name.StartsWith("args.", StringComparison.Ordinal) && planner._arguments.TryGetValue(name[5..], out var value)
                ? value
                : Fail<string>(field, $"failed to resolve {{{{{name}}}}}", "name it under spec.args") ?? "";
        });

        private T? Fail<T>(string field, string message, string? suggestion = null)
        {
            planner._problems.Add(planner._template.Problem(Severity.Error, $"{metric.Path}.{field}", message, suggestion));
            return default;
        }
    }
}
