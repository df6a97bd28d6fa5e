using System.Text.RegularExpressions;
using Bookinfo.Mesh.Rollouts.Model;

namespace Bookinfo.Mesh.Rollouts.Plans;

/// <summary>
/// The values of an analysis' arguments: those of the Rollout over those of the templates (argo-rollouts <c>utils/analysis/helpers.go:
/// MergeArgs, flattenArgs</c>, <c>factory.go: BuildArgumentsForRolloutAnalysisRun</c>).
/// </summary>
/// <param name="rollout">The Rollout.</param>
/// <param name="releases">The releases that arguments may stand for.</param>
/// <param name="error">Called with path, message and suggestion of what is wrong.</param>
internal sealed partial class ArgumentValues(Rollout rollout, Releases releases, Action<string, string, string?> error)
{
    /// <summary>The values, by name. What has none is an error.</summary>
    public IReadOnlyDictionary<string, string> Merge(TemplateAnalysis analysis, string path, IReadOnlyList<AnalysisTemplate> templates)
    {
        var values = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var argument in templates.SelectMany(template => template.Arguments))
        {
            var value = Value(argument, path);
            if (values.TryGetValue(argument.Name, out var before) && before is not null && value is not null && before != value)
            {
                error(path, $"Argument `{argument.Name}` specified multiple times with different values: '{before}', '{value}'", null);
            }

            values[argument.Name] = before ?? value;
        }

        // What no template asks for is left aside, as in Argo.
        foreach (var argument in analysis.Arguments.Where(argument => values.ContainsKey(argument.Name)))
        {
            values[argument.Name] = Value(argument, $"{path}.args") ?? values[argument.Name];
        }

        foreach (var name in values.Where(value => value.Value is null).Select(value => value.Key))
        {
            error($"{path}.args", $"args.{name} was not resolved", $"write - name: {name} with a value");
        }

        return values.ToDictionary(value => value.Key, value => value.Value ?? "", StringComparer.Ordinal);
    }

    private string? Value(Argument argument, string path) => argument switch
    {
        { Value: not null } => argument.Value,
        { From.PodTemplateHash: "Latest" } => releases.To,
        { From.PodTemplateHash: "Stable" } => releases.From,
        { From.FieldPath: { } field } => Field(field, path),
        _ => null,
    };

    /// <summary>A field of the Rollout. Its label <c>version</c> is the release that the canary goes to.</summary>
    private string? Field(string field, string path)
    {
        if (field == "metadata.name")
        {
            return rollout.Name;
        }

        if (field == "metadata.namespace")
        {
            return rollout.Namespace;
        }

        if (Entry().Match(field) is { Success: true } entry)
        {
            var (map, key) = (entry.Groups["map"].Value, entry.Groups["key"].Value);
            return map == "labels" && key == RolloutPlanner.VersionLabel ? releases.To
                : (map == "labels" ? rollout.Metadata.Labels : rollout.Metadata.Annotations).GetValueOrDefault(key) ?? "";
        }

        error(path, $"the field {field} is not read here",
            "use metadata.name, metadata.namespace, metadata.labels['KEY'] or metadata.annotations['KEY']");
        return null;
    }

    [GeneratedRegex(@"^metadata\.(?<map>labels|annotations)\['(?<key>[^']+)'\]$")]
    private static partial Regex Entry();
}
