using System.Text.Json.Nodes;
using Bookinfo.Mesh.KubernetesApi.Objects;
using Bookinfo.Mesh.KubernetesApi.Storage;

namespace Bookinfo.Mesh.Lab.Kubernetes;

/// <summary>Endpoints are written by the Lab: they can be labelled and annotated, and no more.</summary>
/// <param name="inner">Keeps what may be changed.</param>
internal sealed class RunningBackend(IResourceBackend inner) : IResourceBackend
{
    /// <inheritdoc/>
    public WriteResult Write(ResourceWrite write)
    {
        var isOfMetadata = write is { Before: { } before, After: { } after }
            && JsonNode.DeepEquals(WithoutMetadata(before.Content), WithoutMetadata(after));
        return isOfMetadata || write.After is null ? inner.Write(write) : throw ApiException.Forbidden(write.Resource.QualifiedName, write.Name,
            "the Lab writes the endpoints of Services itself, by the labels of pods; change the Service's selector or the pods' labels");
    }

    private static JsonObject WithoutMetadata(JsonObject resource)
    {
        var rest = resource.Copy();
        rest.Remove("metadata");
        return rest;
    }
}
