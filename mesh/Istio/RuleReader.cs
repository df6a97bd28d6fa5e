using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Problems;
using Bookinfo.Mesh.Istio.Reading;
using Bookinfo.Mesh.Istio.Yaml;

namespace Bookinfo.Mesh.Istio;

/// <summary>A text with rules: YAML or JSON, one document or several.</summary>
/// <param name="Name">What problems print as the file.</param>
/// <param name="Text">The YAML or JSON.</param>
public sealed record RuleSource(string Name, string Text)
{
    /// <summary>
    /// The namespace that all of its resources are put into, whatever they say, as a kustomization does; null for the one they say.
    /// </summary>
    public string? Namespace { get; init; }
}

/// <summary>What was read: the rules, and what is to be said about them.</summary>
/// <param name="Rules">The resources that could be read. Not to be used where <see cref="HasErrors"/>.</param>
/// <param name="Problems">Errors, warnings and notes, source by source in the order of the text.</param>
public sealed record RuleReading(RuleSet Rules, IReadOnlyList<Problem> Problems)
{
    /// <summary>What the Kubernetes objects beside the rules tell of the cluster.</summary>
    public KubernetesObjects Objects { get; init; } = KubernetesObjects.Empty;

    /// <summary>
    /// The resources that could only be read in part, because some of their values are of the wrong type. What is said of them beyond that
    /// would only follow from it.
    /// </summary>
    public IReadOnlySet<Resource> Faulty { get; init; } = new HashSet<Resource>();

    /// <summary>Held as long as this is: an analysis asks for the places of what it finds.</summary>
    internal object? Nodes { get; init; }

    /// <summary>Whether istiod would refuse any of it, or the mesh cannot do it.</summary>
    public bool HasErrors => Problems.Any(problem => problem.IsRefusal);
}

/// <summary>
/// Reads rules from YAML and checks them as istiod's validation does. Fields that Istio has and the mesh does not apply are refused:
/// <see cref="UnsupportedFields"/> lists them. Resources that are not rules are passed over and counted in one note.
/// </summary>
public static class RuleReader
{
    /// <summary>
    /// Reads and checks. Never throws for what the text says: everything is a <see cref="Problem"/>. A resource that is there twice
    /// (same kind, namespace and name) counts as it stands last, as after <c>kubectl apply</c>, and a note names both places.
    /// </summary>
    public static RuleReading Read(params IEnumerable<RuleSource> sources) => Read(Resource.DefaultNamespace, sources);

    /// <summary>The same, with the namespace of resources that name none, as <c>kubectl apply -n</c> has it.</summary>
    /// <param name="namespace">The namespace.</param>
    /// <param name="sources">The texts.</param>
    /// <param name="channel">Which fields of the Gateway API there are.</param>
    public static RuleReading Read(
        string @namespace, IEnumerable<RuleSource> sources, GatewayApiChannel channel = GatewayApiChannel.Standard)
    {
        ArgumentNullException.ThrowIfNull(sources);
        var otherwise = @namespace == Resource.DefaultNamespace ? null : @namespace;
        var problems = new List<Problem>();
        var gathered = new Gathered { Channel = channel };
        var list = sources.ToList();
        var patches = KustomizePatches.Of(list.Select(source => (source.Name, source.Text)));
        foreach (var source in list)
        {
            if (patches.Count > 0 && patches.Contains(Path.GetFullPath(source.Name)))
            {
                gathered.PassedOver.Add(source.Name, new Position(1, 1), PassedOver.KustomizePatch);
                continue;
            }

            var own = new List<Problem>();
            Read(source, list.Count == 1, source.Namespace is null ? otherwise : null, gathered, own);
            Placeholders.KeepFirst(own);
            problems.AddRange(own.OrderBy(problem => problem.Line).ThenBy(problem => problem.Column));
        }

        problems.AddRange(gathered.PassedOver.Problems());
        if (list.Exists(source => source.Namespace is not null))
        {
            // A file that goes into several namespaces is read for each.
            problems = [.. problems.Distinct()];
        }

        var rules = gathered.ToRuleSet();
        OtherControllers.Excuse(rules, problems);
        return new RuleReading(rules, problems)
        {
            Objects = gathered.Objects.ToObjects(),
            Faulty = gathered.Faulty,
            Nodes = gathered.Nodes,
        };
    }

    private static void Read(RuleSource source, bool isOnlyFile, string? @namespace, Gathered gathered, List<Problem> problems)
    {
        if (source.Text.Length > RuleFiles.LargestFile)
        {
            problems.Add(Unreadable(source, default, $"the text is longer than {RuleFiles.LargestFile / (1024 * 1024)} MiB", null));
            return;
        }

        var values = 0;
        foreach (var parsed in ParsedDocument.All(source.Text.TrimStart('\uFEFF'), gathered.Pool))
        {
            // One that goes beyond the bound is parsed again, up to there.
            var document = parsed.Document;
            var (_, roots, error, count) = values + parsed.Values <= YamlReader.MostValues ? parsed
                : ParsedDocument.Of(document, values, gathered.Pool);
            var own = new List<Problem>();
            var resources = new ResourceReader(source.Name, document, isOnlyFile,
                new NamespaceChoice(@namespace, source.Namespace), own, gathered);
            foreach (var root in roots)
            {
                resources.Read(root);
            }

            if (error is not null && !isOnlyFile && !RuleSigns.AreIn(document.Text))
            {
                gathered.PassedOver.Add(source.Name, error.Place,
                    Placeholders.IsTemplate(document.Text) ? PassedOver.Template : PassedOver.NotYaml);
            }
            else if (error is not null)
            {
                own.Add(Unreadable(source, error.Place, error.Message, error.Suggestion));
            }

            values += count;
            Placeholders.Recognize(source.Name, document.Text, document.LinesBefore, own);
            problems.AddRange(own);
            if (values > YamlReader.MostValues)
            {
                return;
            }
        }
    }

    private static Problem Unreadable(RuleSource source, Position place, string message, string? suggestion) =>
        new(Severity.Error, source.Name, place.Line, place.Column, "", message, suggestion) { Type = MessageTypes.Unreadable };
}
