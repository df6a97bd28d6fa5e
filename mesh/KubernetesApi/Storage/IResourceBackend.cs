using System.Text.Json.Nodes;
using Bookinfo.Mesh.KubernetesApi.Objects;
using Bookinfo.Mesh.KubernetesApi.Resources;

namespace Bookinfo.Mesh.KubernetesApi.Storage;

/// <summary>What stands behind a kind: it carries writes out, and keeps the objects of the kind in the store up to date.</summary>
public interface IResourceBackend
{
    /// <summary>Carries out a write that has been read and checked.</summary>
    /// <param name="write">The write.</param>
    /// <returns>The object as it is now, or would be; for a deletion as it was.</returns>
    /// <exception cref="ApiException">It is denied, or the object is another one by now; nothing has changed.</exception>
    WriteResult Write(ResourceWrite write);
}

/// <summary>A write.</summary>
/// <param name="Resource">The kind.</param>
/// <param name="Before">The object that it is about; null where one is made.</param>
/// <param name="After">The object as it should be, in the version in which it is kept; null where it is deleted.</param>
/// <param name="IsDryRun">Whether nothing is to change.</param>
public sealed record ResourceWrite(ResourceDefinition Resource, StoredObject? Before, JsonObject? After, bool IsDryRun)
{
    /// <summary>The field manager that writes: <c>kubectl-client-side-apply</c>, a program's name.</summary>
    public string Manager { get; init; } = "";

    /// <summary>The object's name.</summary>
    public string Name => (After ?? Before!.Content).Name();

    /// <summary>The object's namespace.</summary>
    public string Namespace => (After ?? Before!.Content).Namespace();

    /// <summary>The revision that the object must still have.</summary>
    public long Expected => Before?.Revision ?? ObjectStore.Absent;
}

/// <summary>What a write has done.</summary>
/// <param name="Kept">The object.</param>
/// <param name="Warnings">What the client is to print.</param>
public sealed record WriteResult(StoredObject Kept, params IReadOnlyList<string> Warnings);

/// <summary>Keeps objects, and does nothing else with them.</summary>
/// <param name="store">Where they are kept.</param>
public sealed class StoringBackend(ObjectStore store) : IResourceBackend
{
    /// <inheritdoc/>
    public WriteResult Write(ResourceWrite write)
    {
        ArgumentNullException.ThrowIfNull(write);
        if (write.IsDryRun)
        {
            return new WriteResult(write.After is null ? write.Before! : new StoredObject(write.After, write.Expected));
        }

        return new WriteResult(write.After is null
            ? store.Remove(write.Resource, write.Namespace, write.Name, write.Expected)
                ?? throw ApiException.NotFound(write.Resource.QualifiedName, write.Name)
            : store.Put(write.Resource, write.After, write.Expected));
    }
}
