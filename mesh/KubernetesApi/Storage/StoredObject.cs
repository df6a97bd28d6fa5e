using System.Text.Json.Nodes;
using Bookinfo.Mesh.KubernetesApi.Objects;

namespace Bookinfo.Mesh.KubernetesApi.Storage;

/// <summary>An object as it is kept. It is never changed: a change keeps another one.</summary>
/// <param name="Content">The object, with its <c>metadata.resourceVersion</c>. Copy it to change it.</param>
/// <param name="Revision">When it came to be, in the store's count of changes.</param>
public sealed record StoredObject(JsonObject Content, long Revision)
{
    /// <summary>Where it stands among others of its kind.</summary>
    internal ObjectKey Key { get; } = new(Content.Namespace(), Content.Name());
}

/// <summary>An object's place among others of its kind, in the order of lists.</summary>
/// <param name="Namespace">Its namespace; empty for an object outside of namespaces.</param>
/// <param name="Name">Its name.</param>
internal readonly record struct ObjectKey(string Namespace, string Name) : IComparable<ObjectKey>
{
    public int CompareTo(ObjectKey other)
    {
        var order = string.CompareOrdinal(Namespace, other.Namespace);
        return order != 0 ? order : string.CompareOrdinal(Name, other.Name);
    }
}

/// <summary>A change of an object.</summary>
/// <param name="Revision">When, in the store's count of changes.</param>
/// <param name="Before">The object before it; null where it was made.</param>
/// <param name="After">The object after it; null where it was deleted.</param>
/// <param name="Last">The object as a watch shows it: as it is, or as it was last with the revision of its deletion.</param>
internal sealed record ObjectChange(long Revision, StoredObject? Before, StoredObject? After, StoredObject Last);
