using Bookinfo.Mesh.KubernetesApi.Storage;

namespace Bookinfo.Mesh.Lab.Kubernetes.Services;

/// <summary>
/// Takes writes of Endpoints and EndpointSlices. Those of a Service with a selector are written by the Lab, which writes them again; a
/// Service without one has those that a client makes.
/// </summary>
/// <param name="inner">Keeps them.</param>
/// <param name="changed">Called after each write.</param>
internal sealed class EndpointBackend(IResourceBackend inner, Action changed) : IResourceBackend
{
    /// <inheritdoc/>
    public WriteResult Write(ResourceWrite write)
    {
        var result = inner.Write(write);
        if (!write.IsDryRun)
        {
            changed();
        }

        return result;
    }
}
