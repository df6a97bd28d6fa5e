using System.Text.Json.Nodes;
using Bookinfo.Mesh.KubernetesApi.Storage;

namespace Bookinfo.Mesh.Lab.Kubernetes.Services;

/// <summary>Takes writes of Services: checked, and with the addresses and node ports that they are given.</summary>
/// <param name="inner">Keeps them.</param>
/// <param name="allocation">Gives addresses.</param>
/// <param name="changed">Called after each write.</param>
internal sealed class ServiceBackend(IResourceBackend inner, ServiceAllocation allocation, Action changed) : IResourceBackend
{
    private readonly Lock _oneWrite = new();

    /// <inheritdoc/>
    public WriteResult Write(ResourceWrite write)
    {
        WriteResult result;
        lock (_oneWrite)
        {
            IReadOnlyList<string> warnings = [];
            if (write.After is { } after)
            {
                if (write.Before is not null)
                {
                    ServiceAllocation.Keep(after, write.Before.Content);
                }

                ServiceValidation.Check(after);
                allocation.Allocate(after, write.Before?.Content);
                warnings = write.Before is { } before && JsonNode.DeepEquals(before.Content["spec"], after["spec"]) ? []
                    : ServiceValidation.Warnings(after);
            }

            result = inner.Write(write);
            result = result with { Warnings = [.. result.Warnings, .. warnings] };
        }

        if (!write.IsDryRun)
        {
            changed();
        }

        return result;
    }
}
