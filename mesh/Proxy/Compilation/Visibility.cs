namespace Bookinfo.Mesh.Proxy.Compilation;

/// <summary><c>exportTo</c>: which namespaces see a rule.</summary>
internal static class Visibility
{
    /// <summary>Empty and <c>*</c> mean all, <c>.</c> the rule's own, <c>~</c> none.</summary>
    public static bool IsVisible(IReadOnlyList<string> exportTo, string ruleNamespace, string viewer) =>
        exportTo.Count == 0 || exportTo.Any(name => name == "*" || name == viewer || (name == "." && ruleNamespace == viewer));
}
