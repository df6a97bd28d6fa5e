using System.Text.Json.Nodes;
using Bookinfo.Mesh.KubernetesApi.Objects;
using Bookinfo.Mesh.KubernetesApi.Storage;

namespace Bookinfo.Mesh.Lab.Kubernetes;

/// <summary>
/// Services are those of the system, and the Lab writes their endpoints: they can be labelled and annotated, and no more. Others would
/// lead nowhere, so they are refused.
/// </summary>
/// <param name="inner">Keeps what may be changed.</param>
internal sealed class RunningBackend(IResourceBackend inner) : IResourceBackend
{
    /// <inheritdoc/>
    public WriteResult Write(ResourceWrite write)
    {
        var isOfMetadata = write is { Before: { } before, After: { } after }
            && JsonNode.DeepEquals(WithoutMetadata(before.Content), WithoutMetadata(after));
        return isOfMetadata ? inner.Write(write) : throw ApiException.Forbidden(write.Resource.QualifiedName, write.Name,
            "the Lab's Services are those that it starts with, and it writes their endpoints itself; use a cluster for others");
    }

    private static JsonObject WithoutMetadata(JsonObject resource)
    {
        var rest = resource.Copy();
        rest.Remove("metadata");
        return rest;
    }
}
