namespace Bookinfo.Mesh.Traffic;

/// <summary>A text with rules: YAML, one document or several.</summary>
/// <param name="Name">What problems print as the file.</param>
/// <param name="Text">The YAML.</param>
public sealed record RuleSource(string Name, string Text);

/// <summary>What was read: the rules, and what is to be said about them.</summary>
/// <param name="Rules">The resources that could be read. Not to be used where <see cref="HasErrors"/>.</param>
/// <param name="Problems">Errors, warnings and notes in the order of the text.</param>
public sealed record RuleReading(RuleSet Rules, IReadOnlyList<Problem> Problems)
{
    /// <summary>Whether istiod would refuse any of it, or the mesh cannot do it.</summary>
    public bool HasErrors => Problems.Any(problem => problem.Severity == Severity.Error);
}

/// <summary>Reads rules from YAML and checks them as istiod's validation does.</summary>
public static class RuleReader
{
    /// <summary>Reads and checks. Never throws for what the text says: everything is a <see cref="Problem"/>.</summary>
    public static RuleReading Read(params IEnumerable<RuleSource> sources)
    {
        ArgumentNullException.ThrowIfNull(sources);
        return new RuleReading(RuleSet.Empty, []);
    }
}
