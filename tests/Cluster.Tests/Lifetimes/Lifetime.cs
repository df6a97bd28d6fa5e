using Bookinfo.Tests.Cluster.Support;

namespace Bookinfo.Tests.Cluster.Lifetimes;

/// <summary>What becomes of a resource in an update.</summary>
internal enum Fate
{
    Created,
    Updated,
    Replaced,
    Deleted,

    /// <summary>Pulumi refuses in the preview: the resource is protected and would be replaced or deleted.</summary>
    Protected,

    /// <summary>The API server refuses: the field cannot change, and the provider does not know it.</summary>
    Refused,
}

/// <summary>
/// A stack's life from one configuration to the next: the program runs with both, and each resource is compared as Pulumi's engine and its
/// Kubernetes provider compare it: by its URN (types of the parents, type and name), by its inputs without what is ignored, by the fields
/// that cannot change.
/// </summary>
internal sealed class Lifetime
{
    private Lifetime(Observation before, Observation after)
    {
        var old = ByUrn(before);
        var now = ByUrn(after);
        Fates = old.Keys.Union(now.Keys).Select(urn =>
            (Observed: now.GetValueOrDefault(urn) ?? old[urn], Fate: Of(old.GetValueOrDefault(urn), now.GetValueOrDefault(urn))))
            .Where(one => one.Fate is not null).ToDictionary(one => one.Observed, one => one.Fate!.Value);
    }

    /// <summary>The resources that something happens to.</summary>
    public IReadOnlyDictionary<Observed, Fate> Fates { get; }

    /// <summary>
    /// Their names, such as <c>Service/details</c>, by what happens to them; helpers of the program itself (components) are left out.
    /// </summary>
    public IReadOnlyList<string> Names(params Fate[] fates) => [.. Fates
        .Where(one => fates.Contains(one.Value) && !one.Key.Type.StartsWith("bookinfo:", StringComparison.Ordinal))
        .Select(one => Name(one.Key)).Order(StringComparer.Ordinal)];

    /// <summary>Updates a stack from the one configuration to the other.</summary>
    public static async Task<Lifetime> OfAsync(IReadOnlyList<string> before, IReadOnlyList<string> after) =>
        new(await Observation.OfAStackAsync(before), await Observation.OfAStackAsync(after));

    private static string Name(Observed resource) =>
        resource.Tree["kind"].Exists ? resource.ToString() : $"{resource.Type.Split(':')[^1]}/{resource.Name}";

    private static Dictionary<string, Observed> ByUrn(Observation stack)
    {
        var byId = stack.Resources.ToDictionary(one => one.Id);
        return stack.Resources.ToDictionary(one => $"{Types(one)}::{one.Name}");

        string Types(Observed one) =>
            one.Parent is { } parent && byId.TryGetValue(Observation.Id(parent), out var observed) ? $"{Types(observed)}${one.Type}"
                : one.Type;
    }

    private static Fate? Of(Observed? old, Observed? now)
    {
        if (old is null || now is null)
        {
            return old is null ? Fate.Created : old.IsProtected ? Fate.Protected : Fate.Deleted;
        }

        var changes = Changes(old.Tree, now.Tree, "").Where(path => !now.IgnoreChanges.Any(ignored => IsAtOrBelow(path, ignored))).ToList();
        return changes.Count == 0 ? null
            : Any(ImmutableFields.Replacing(now)) ? old.IsProtected && now.IsProtected ? Fate.Protected : Fate.Replaced
            : Any(ImmutableFields.Refused(now)) ? Fate.Refused
            : Fate.Updated;

        bool Any(IEnumerable<string> fields) =>
            fields.Any(field => changes.Exists(path => IsAtOrBelow(path, field) || IsAtOrBelow(field, path)));
    }

    private static bool IsAtOrBelow(string path, string field) =>
        path.StartsWith(field, StringComparison.Ordinal) && (path.Length == field.Length || path[field.Length] is '.' or '[');

    private static IEnumerable<string> Changes(Tree old, Tree now, string path)
    {
        if (old.Fields.Count > 0 && now.Fields.Count > 0)
        {
            return old.Fields.Keys.Union(now.Fields.Keys)
                .SelectMany(key => Changes(old[key], now[key], path.Length == 0 ? key : $"{path}.{key}"));
        }

        if (old.Items.Count > 0 && now.Items.Count > 0)
        {
            return Enumerable.Range(0, Math.Max(old.Items.Count, now.Items.Count))
                .SelectMany(index => Changes(old[index], now[index], $"{path}[{index}]"));
        }

        return IsSame(old, now) ? [] : [path];
    }

    private static bool IsSame(Tree old, Tree now) =>
        old.Fields.Count == 0 && now.Fields.Count == 0 && old.Items.Count == 0 && now.Items.Count == 0 && old.Text == now.Text;
}
