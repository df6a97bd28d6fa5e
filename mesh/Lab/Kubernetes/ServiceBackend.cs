using Bookinfo.Mesh.KubernetesApi.Storage;

namespace Bookinfo.Mesh.Lab.Kubernetes;

/// <summary>Takes writes of Services; the controller writes their endpoints.</summary>
/// <param name="inner">Keeps them.</param>
/// <param name="changed">Called after each write.</param>
internal sealed class ServiceBackend(IResourceBackend inner, Action changed) : IResourceBackend
{
    /// <inheritdoc/>
    public WriteResult Write(ResourceWrite write)
    {
        var result = inner.Write(write);
        changed();
        return result;
    }
}
