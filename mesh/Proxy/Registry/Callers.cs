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
            callers.Add(Sidecar(pod, callers));
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

    /// <summary>A pod with an outbound listener, as another caller beside those there are.</summary>
    public static Caller Sidecar(Pod pod, IReadOnlyCollection<Caller> others) => new()
    {
        Index = Enumerable.Range(0, others.Count + 1).First(index => others.All(caller => caller.Index != index)),
        Name = pod.Name,
        Workload = pod.Workload,
        Listener = pod.Outbound!,
        IsGateway = false,
    };

    /// <summary>How long tables by caller are: callers that have gone leave gaps.</summary>
    public static int TableLength(this IEnumerable<Caller> callers) => callers.Select(caller => caller.Index + 1).DefaultIfEmpty(0).Max();
}
