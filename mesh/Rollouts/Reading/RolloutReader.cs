using Bookinfo.Mesh.Istio;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Problems;
using Bookinfo.Mesh.Istio.Reading;
using Bookinfo.Mesh.Istio.Yaml;
using Bookinfo.Mesh.Rollouts.Model;

namespace Bookinfo.Mesh.Rollouts.Reading;

/// <summary>What was read, and what is to be said about it.</summary>
/// <param name="Rollouts">The Rollouts, in the order of the text.</param>
/// <param name="Templates">The AnalysisTemplates and ClusterAnalysisTemplates.</param>
/// <param name="Problems">Errors, in the order of the text.</param>
public sealed record RolloutReading(
    IReadOnlyList<Rollout> Rollouts, IReadOnlyList<AnalysisTemplate> Templates, IReadOnlyList<Problem> Problems)
{
    /// <summary>Whether it is not to be used.</summary>
    public bool HasErrors => Problems.Any(problem => problem.IsRefusal);
}

/// <summary>
/// Reads Argo's <c>Rollout</c> and <c>AnalysisTemplate</c> from YAML, as rules are read. Documents of other kinds are passed over:
/// <see cref="RuleReader"/> reads those of Istio out of the same files.
/// </summary>
public static class RolloutReader
{
    private const string Group = "argoproj.io/";
    private const string Version = "v1alpha1";
    private const string ClusterTemplate = "ClusterAnalysisTemplate";

    private static readonly string[] Kinds = [nameof(Rollout), nameof(AnalysisTemplate), ClusterTemplate];

    /// <summary>Reads and checks. Never throws for what the text says: everything is a <see cref="Problem"/>.</summary>
    public static RolloutReading Read(params IEnumerable<RuleSource> sources) => Read(Resource.DefaultNamespace, sources);

    /// <summary>The same, with the namespace of resources that name none, as <c>kubectl apply -n</c> has it.</summary>
    public static RolloutReading Read(string @namespace, params IEnumerable<RuleSource> sources)
    {
        ArgumentNullException.ThrowIfNull(sources);
        var otherwise = @namespace == Resource.DefaultNamespace ? null : @namespace;
        List<Rollout> rollouts = [];
        List<AnalysisTemplate> templates = [];
        List<Problem> problems = [];
        foreach (var source in sources)
        {
            List<Problem> own = [];
            Read(source, otherwise, rollouts, templates, own);
            problems.AddRange(own.OrderBy(problem => problem.Line).ThenBy(problem => problem.Column));
        }

        return new RolloutReading(rollouts, templates, problems);
    }

    private static void Read(RuleSource source, string? @namespace, List<Rollout> rollouts, List<AnalysisTemplate> templates,
        List<Problem> problems)
    {
        var values = 0;
        foreach (var document in YamlDocuments.Split(source.Text.TrimStart('\uFEFF')))
        {
            var reader = new YamlReader(document.Text, document.LinesBefore, values);
            try
            {
                while (reader.Next() is { } node)
                {
                    ReadNode(source.Name, @namespace, node, rollouts, templates, problems);
                }
            }
            catch (YamlFormatException error)
            {
                problems.Add(Unreadable(source.Name, error.Place, error.Message, error.Suggestion));
            }

            values = reader.Values;
            if (values > YamlReader.MostValues)
            {
                return;
            }
        }
    }

    private static void ReadNode(
        string file, string? @namespace, YamlNode node, List<Rollout> rollouts, List<AnalysisTemplate> templates, List<Problem> problems)
    {
        if (node is not YamlMapping document || document.Find("kind")?.Value is not YamlScalar kind)
        {
            return;
        }

        if (kind.Value == "List" && document.Find("items")?.Value is YamlSequence items)
        {
            foreach (var item in items.Items)
            {
                ReadNode(file, @namespace, item, rollouts, templates, problems);
            }
        }
        else if (document.Find("apiVersion")?.Value is YamlScalar version && IsOurs(file, version, kind, problems))
        {
            ReadResource(file, @namespace, document, kind.Value, rollouts, templates, problems);
        }
    }

    private static bool IsOurs(string file, YamlScalar version, YamlScalar kind, List<Problem> problems)
    {
        if (!version.Value.StartsWith(Group, StringComparison.Ordinal))
        {
            return false;
        }

        if (version.Value[Group.Length..] != Version)
        {
            problems.Add(Unreadable(file, version.Place, $"{version.Value} is not a version of {kind.Value}",
                $"write {Rollout.RolloutApiVersion}"));
            return false;
        }

        if (Kinds.Contains(kind.Value))
        {
            return true;
        }

        var near = Messages.Nearest(kind.Value, Kinds);
        problems.Add(Unreadable(file, kind.Place, $"{kind.Value} is not a kind that is run here",
            near is null ? $"there are {Messages.AllOf(Kinds)}" : $"did you mean {near}?"));
        return false;
    }

    private static void ReadResource(string file, string? @namespace, YamlMapping document, string kind, List<Rollout> rollouts,
        List<AnalysisTemplate> templates, List<Problem> problems)
    {
        var name = ((document.Find("metadata")?.Value as YamlMapping)?.Find("name")?.Value as YamlScalar)?.Value;
        var scope = new ReadScope(file) { Subject = name is null ? kind : $"{kind}/{name}" };
        var root = new ObjectReader(scope, document, RulePath.Root, kind) { IsRoot = true };
        root.Skip("apiVersion", "kind", "status");
        var metadata = MetadataFields.Read(root, new NamespaceChoice(@namespace, Forced: null));
        var source = new YamlSourceMap(file, document);
        if (kind == nameof(Rollout))
        {
            if (root.Object("spec", "RolloutSpec", spec => RolloutFields.Read(spec, metadata, source)) is { } rollout)
            {
                rollouts.Add(rollout);
            }
        }
        else if (root.Object("spec", "AnalysisTemplateSpec",
            spec => AnalysisTemplateFields.Read(spec, metadata, source, kind == ClusterTemplate)) is { } template)
        {
            templates.Add(template);
        }

        if (!root.Has("spec"))
        {
            root.Error("spec", $"a {kind} has a spec");
        }

        root.Done();
        problems.AddRange(scope.Problems);
    }

    private static Problem Unreadable(string file, Position place, string message, string? suggestion) =>
        new(Severity.Error, file, place.Line, place.Column, "", message, suggestion) { Type = MessageTypes.Unreadable };
}
