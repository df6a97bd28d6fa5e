namespace Bookinfo.Mesh.Istio.Analysis;

/// <summary>Which namespaces see a resource, by its <c>exportTo</c>.</summary>
internal static class Visibility
{
    /// <summary>What stands for all namespaces.</summary>
    public const string All = "*";

    /// <summary>Whether a resource is visible in every namespace.</summary>
    public static bool IsForAll(IReadOnlyCollection<string> exportTo) => exportTo.Count == 0 || exportTo.Contains(All);

    /// <summary>The namespaces that see it: names, or <c>*</c>.</summary>
    public static IEnumerable<string> Scopes(IReadOnlyCollection<string> exportTo, string @namespace) =>
        IsForAll(exportTo) ? [All] : exportTo.Select(each => each == "." ? @namespace : each).Distinct();

    /// <summary>Whether one of the namespaces sees it.</summary>
    public static bool Reaches(IReadOnlyCollection<string> exportTo, string @namespace, IEnumerable<string> namespaces) =>
        IsForAll(exportTo) || Scopes(exportTo, @namespace).Intersect(namespaces).Any();

    /// <summary>Whether some namespace sees both of two resources.</summary>
    public static bool Overlap(IReadOnlyCollection<string> one, string oneNamespace, IReadOnlyCollection<string> other,
        string otherNamespace) =>
        IsForAll(one) || IsForAll(other) || Scopes(one, oneNamespace).Intersect(Scopes(other, otherNamespace)).Any();
}
