using System.Net;
using System.Text.Json.Nodes;
using Bookinfo.Mesh.KubernetesApi.Objects;
using Bookinfo.Mesh.ServiceNetwork;

namespace Bookinfo.Mesh.Lab.Kubernetes.Services;

/// <summary>What the service network is told of a Service: of each TCP port where it is reached, and the endpoints behind it.</summary>
/// <param name="standIns">The addresses on the service network.</param>
internal sealed class ServicePorts(StandInPorts standIns)
{
    /// <summary><c>spec.sessionAffinityConfig.clientIP.timeoutSeconds</c> where it is left out: three hours.</summary>
    private const long DefaultAffinity = 10800;

    /// <summary>The ports of a Service.</summary>
    /// <param name="service">The Service.</param>
    /// <param name="slices">Its EndpointSlices.</param>
    public IEnumerable<(JsonObject Port, ServicePort Served)> Of(JsonObject service, IEnumerable<JsonObject> slices)
    {
        if (ServiceTypes.TypeOf(service) == ServiceTypes.ExternalName || !ServiceTypes.HasAddress(service))
        {
            yield break;
        }

        var own = slices.ToList();
        foreach (var port in ServiceTypes.PortsOf(service).Where(port => port.Text("protocol") is null or "TCP"))
        {
            yield return (port, new ServicePort($"{service.Namespace()}/{service.Name()}:{ServiceTypes.NameOf(port)}")
            {
                Frontends = [.. Frontends(service, port)],
                Endpoints = [.. Endpoints(port, own).Distinct()],
                ClientAffinity = service.Text("spec", "sessionAffinity") == "ClientIP"
                    ? TimeSpan.FromSeconds(
                        service.Number("spec", "sessionAffinityConfig", "clientIP", "timeoutSeconds") ?? DefaultAffinity)
                    : null,
            });
        }
    }

    /// <summary>Where the load balancer listens for a port; null where the Service has no load balancer here.</summary>
    /// <param name="service">The Service.</param>
    /// <param name="port">Its port.</param>
    public static IPEndPoint? LoadBalancerOf(JsonObject service, JsonObject port) =>
        ServiceTypes.TypeOf(service) == ServiceTypes.LoadBalancer && service.Text("spec", "loadBalancerClass") is null
            && port.Number("port") is { } number ? new IPEndPoint(ServiceAddresses.Node, (int)number) : null;

    private IEnumerable<IPEndPoint> Frontends(JsonObject service, JsonObject port)
    {
        if (standIns.AddressOf(service, port) is { } cluster)
        {
            yield return cluster;
        }

        if (port.Number("nodePort") is > 0 and { } node)
        {
            yield return new IPEndPoint(ServiceAddresses.Node, (int)node);
        }

        if (LoadBalancerOf(service, port) is { } balancer)
        {
            yield return balancer;
        }
    }

    private static IEnumerable<IPEndPoint> Endpoints(JsonObject port, IEnumerable<JsonObject> slices)
    {
        foreach (var slice in slices)
        {
            var target = slice.Items("ports").FirstOrDefault(candidate => (candidate.Text("name") ?? "") == (port.Text("name") ?? ""));
            if (target.Number("port") is not ({ } number and > 0 and < 65536))
            {
                continue;
            }

            foreach (var endpoint in slice.Items("endpoints").Where(IsReady))
            {
                if (IPAddress.TryParse(endpoint.Words("addresses").FirstOrDefault(), out var address))
                {
                    yield return new IPEndPoint(address, (int)number);
                }
            }
        }
    }

    /// <summary>An endpoint whose readiness is not known is ready (<c>k8s.io/api/discovery/v1: EndpointConditions</c>).</summary>
    private static bool IsReady(JsonObject endpoint) =>
        endpoint.At("conditions", "ready") is not JsonValue value || !value.TryGetValue<bool>(out var ready) || ready;
}
