using Bookinfo.Mesh.Proxy.Model;

namespace Bookinfo.Mesh.Proxy.Registry;

/// <summary>Everyone who calls through the mesh.</summary>
internal static class Callers
{
    public static IReadOnlyList<Caller> Of(MeshOptions options)
    {
        var callers = new List<Caller>();
        foreach (var pod in options.Pods.Where(pod => pod.Outbound is not null))
        {
            callers.Add(new Caller
            {
                Index = callers.Count,
                Name = pod.Name,
                Workload = pod.Workload,
                Listener = pod.Outbound!,
                IsGateway = false
            });
        }

        if (options.Gateway is not null)
        {
            callers.Add(new Caller
            {
                Index = callers.Count,
                Name = Workload.IngressGateway.Name,
                Workload = Workload.IngressGateway,
                Listener = options.Gateway,
                IsGateway = true,
            });
        }

        return callers;
    }
}
