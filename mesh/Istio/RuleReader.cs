using Bookinfo.Mesh.Istio.Reading;
using Bookinfo.Mesh.Istio.Reading.Yaml;

namespace Bookinfo.Mesh.Istio;

/// <summary>A text with rules: YAML, one document or several.</summary>
/// <param name="Name">What problems print as the file.</param>
/// <param name="Text">The YAML.</param>
public sealed record RuleSource(string Name, string Text);

/// <summary>What was read: the rules, and what is to be said about them.</summary>
/// <param name="Rules">The resources that could be read. Not to be used where <see cref="HasErrors"/>.</param>
/// <param name="Problems">Errors, warnings and notes, source by source in the order of the text.</param>
public sealed record RuleReading(RuleSet Rules, IReadOnlyList<Problem> Problems)
{
    /// <summary>Whether istiod would refuse any of it, or the mesh cannot do it.</summary>
    public bool HasErrors => Problems.Any(problem => problem.Severity == Severity.Error);
}

/// <summary>
/// Reads rules from YAML and checks them as istiod's validation does. Fields that Istio has and the mesh does not apply are refused:
/// <see cref="Support"/> lists them.
/// </summary>
public static class RuleReader
{
    /// <summary>
    /// Reads and checks. Never throws for what the text says: everything is a <see cref="Problem"/>. A resource that is there twice
    /// (same kind, namespace and name) counts as it stands last, as after <c>kubectl apply</c>, and a note names both places.
    /// </summary>
    public static RuleReading Read(params IEnumerable<RuleSource> sources)
    {
        ArgumentNullException.ThrowIfNull(sources);
        var problems = new List<Problem>();
        var gathered = new ResourceSet();
        foreach (var source in sources)
        {
            var own = new List<Problem>();
            Read(source, gathered, own);
            problems.AddRange(own.OrderBy(problem => problem.Line).ThenBy(problem => problem.Column));
        }

        return new RuleReading(gathered.ToRuleSet(), problems);
    }

    private static void Read(RuleSource source, ResourceSet gathered, List<Problem> problems)
    {
        if (source.Text.Length > RuleFiles.LargestFile)
        {
            problems.Add(new Problem(Severity.Error, source.Name, 0, 0, "", $"the text is longer than {RuleFiles.LargestFile / (1024 * 1024)} MiB", null));
            return;
        }

        var resources = new ResourceReader(source.Name, problems, resource => gathered.Add(resource, problems));
        var documents = new YamlReader(source.Text.TrimStart('\uFEFF'));
        try
        {
            while (documents.Next() is { } document)
            {
                resources.Read(document);
            }
        }
        catch (YamlProblem problem)
        {
            problems.Add(new Problem(Severity.Error, source.Name, problem.Place.Line, problem.Place.Column, "", problem.Message, problem.Suggestion));
        }
    }
}
