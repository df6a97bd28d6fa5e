using System.Net;
using System.Text.Json.Nodes;
using Bookinfo.Mesh.KubernetesApi.Objects;
using Bookinfo.Mesh.KubernetesApi.Resources;
using Bookinfo.Mesh.KubernetesApi.Storage;
using Bookinfo.Mesh.ServiceNetwork.Allocation;

namespace Bookinfo.Mesh.Lab.Kubernetes.Services;

/// <summary>
/// Gives a Service its address and its node ports, and refuses those that another one has
/// (<c>pkg/registry/core/service/storage/alloc.go</c>). One write at a time.
/// </summary>
/// <param name="store">The objects, which say what is taken.</param>
/// <param name="addresses">What there is.</param>
internal sealed class ServiceAllocation(ObjectStore store, ServiceAddresses addresses)
{
    private static readonly string[] OfAddresses = ["clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy", "internalTrafficPolicy"];
    private static readonly string[] OfNodePorts =
        ["externalTrafficPolicy", "allocateLoadBalancerNodePorts", "healthCheckNodePort"];

    /// <summary>Fills in what a client has left open.</summary>
    /// <param name="service">The Service; it is changed.</param>
    /// <param name="before">The Service before; null for a new one.</param>
    /// <exception cref="ApiException">422: what it asks for is taken, outside of the range, or may not change.</exception>
    public void Allocate(JsonObject service, JsonObject? before)
    {
        var spec = service.Section("spec");
        var others = store.All(KubernetesKinds.Service).Select(found => found.Content)
            .Where(other => other.Name() != service.Name() || other.Namespace() != service.Namespace()).ToList();
        if (ServiceTypes.TypeOf(service) == ServiceTypes.ExternalName)
        {
            Remove(spec, OfAddresses);
        }
        else
        {
            spec["clusterIP"] = Address(service, before, others);
            spec["clusterIPs"] = new JsonArray(spec.Text("clusterIP"));
            spec["ipFamilies"] ??= new JsonArray("IPv4");
            spec["ipFamilyPolicy"] ??= "SingleStack";
            spec["internalTrafficPolicy"] ??= "Cluster";
        }

        if (ServiceTypes.TypeOf(service) is ServiceTypes.NodePort or ServiceTypes.LoadBalancer)
        {
            spec["externalTrafficPolicy"] ??= "Cluster";
        }

        if (ServiceTypes.TypeOf(service) == ServiceTypes.LoadBalancer)
        {
            spec["allocateLoadBalancerNodePorts"] ??= true;
        }

        AllocateNodePorts(service, others);
        service.Section("status")["loadBalancer"] ??= new JsonObject();
    }

    /// <summary>
    /// What was given stays where the client does not say otherwise, and goes where the new type has none
    /// (<c>storage.go: patchAllocatedValues</c>, <c>strategy.go: dropTypeDependentFields</c>).
    /// </summary>
    /// <param name="service">The Service; it is changed.</param>
    /// <param name="before">The Service before.</param>
    public static void Keep(JsonObject service, JsonObject before)
    {
        var spec = service.Section("spec");
        if (ServiceTypes.HasAddress(service) && ServiceTypes.HasAddress(before) && spec.Text("clusterIP") is null or "")
        {
            spec["clusterIP"] = before.Text("spec", "clusterIP");
        }

        if (ServiceTypes.TypeOf(service) == ServiceTypes.ExternalName && ServiceTypes.TypeOf(before) != ServiceTypes.ExternalName)
        {
            Remove(spec, OfAddresses);
        }

        var given = ServiceTypes.PortsOf(before).Where(port => port.Number("nodePort") is not null)
            .DistinctBy(Key).ToDictionary(Key, port => port.Number("nodePort")!.Value);
        foreach (var port in ServiceTypes.PortsOf(service))
        {
            if (ServiceTypes.HasNodePorts(service))
            {
                if (port.Number("nodePort") is null or 0 && given.TryGetValue(Key(port), out var number))
                {
                    port["nodePort"] = number;
                }
            }
            else if (port.Number("nodePort") is { } left && given.ContainsValue(left))
            {
                port.Remove("nodePort");
            }
        }

        if (ServiceTypes.TypeOf(service) is not (ServiceTypes.NodePort or ServiceTypes.LoadBalancer))
        {
            Remove(spec, OfNodePorts);
        }
    }

    private string Address(JsonObject service, JsonObject? before, List<JsonObject> others)
    {
        var wanted = service.Text("spec", "clusterIP") is { Length: > 0 } given ? given : null;
        var had = before.Text("spec", "clusterIP");
        if (before is not null && had is not null && wanted != had)
        {
            throw Invalid(service, "spec.clusterIPs[0]", $"Invalid value: [\"{wanted}\"]: may not change once set");
        }

        if (wanted is ServiceTypes.Headless || (wanted is not null && wanted == had))
        {
            return wanted;
        }

        bool IsTaken(string address) => others.Exists(other => other.Text("spec", "clusterIP") == address);
        if (wanted is null)
        {
            return addresses.Draw(IsTaken)?.ToString()
                ?? throw new ApiException(500, "InternalError", $"failed to allocate an IP: the range {addresses.Range} is full");
        }

        var field = $"Invalid value: [\"{wanted}\"]: failed to allocate IP {wanted}: ";
        if (!IPAddress.TryParse(wanted, out var address) || !addresses.Contains(address))
        {
            throw Invalid(service, "spec.clusterIPs", $"{field}the provided IP is not in the valid range. "
                + $"The range of valid IPs is {addresses.Range}; leave clusterIP out to be given one");
        }

        return !addresses.IsSingle && IsTaken(wanted)
            ? throw Invalid(service, "spec.clusterIPs", $"{field}provided IP is already allocated") : wanted;
    }

    private void AllocateNodePorts(JsonObject service, List<JsonObject> others)
    {
        if (!ServiceTypes.HasNodePorts(service))
        {
            return;
        }

        var taken = others.SelectMany(ServiceTypes.PortsOf).Select(port => port.Number("nodePort")).OfType<long>().ToHashSet();
        var ports = ServiceTypes.PortsOf(service).ToList();
        for (var i = 0; i < ports.Count; i++)
        {
            if (ports[i].Number("nodePort") is not (null or 0) and { } wanted)
            {
                var field = $"spec.ports[{i}].nodePort";
                if (!AllocationRange.NodePorts.Contains(wanted))
                {
                    throw Invalid(service, field,
                        $"Invalid value: {wanted}: provided port is not in the valid range. The range of valid ports is 30000-32767");
                }

                if (!taken.Add(wanted))
                {
                    throw Invalid(service, field, $"Invalid value: {wanted}: provided port is already allocated");
                }
            }
        }

        foreach (var port in ports.Where(port => port.Number("nodePort") is null or 0))
        {
            var drawn = addresses.DrawNodePort(number => taken.Contains(number))
                ?? throw new ApiException(500, "InternalError", "failed to allocate a nodePort: range is full");
            port["nodePort"] = drawn;
            taken.Add(drawn);
        }
    }

    private static (string, long) Key(JsonObject port) => (port.Text("protocol") ?? "TCP", port.Number("port") ?? 0);

    private static void Remove(JsonObject spec, string[] fields)
    {
        foreach (var field in fields)
        {
            spec.Remove(field);
        }
    }

    private static ApiException Invalid(JsonObject service, string field, string problem) =>
        ApiException.Invalid("Service", service.Name(), field, problem);
}
