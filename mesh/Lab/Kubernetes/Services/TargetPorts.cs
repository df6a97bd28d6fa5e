using System.Text.Json.Nodes;
using Bookinfo.Mesh.KubernetesApi.Objects;

namespace Bookinfo.Mesh.Lab.Kubernetes.Services;

/// <summary>Where the ports of a Service lead to on a pod (<c>pkg/api/v1/pod/util.go: FindPort</c>).</summary>
internal static class TargetPorts
{
    /// <summary>The ports as endpoints have them. A port whose name the pod does not have is left out.</summary>
    /// <param name="service">The Service.</param>
    /// <param name="pod">The pod.</param>
    public static JsonArray Of(JsonObject service, JsonObject pod)
    {
        var ports = new JsonArray();
        foreach (var port in ServiceTypes.PortsOf(service))
        {
            if (Find(port, pod) is { } target)
            {
                var endpoint = new JsonObject
                {
                    ["name"] = port.Text("name") ?? "",
                    ["port"] = target,
                    ["protocol"] = port.Text("protocol") ?? "TCP",
                };
                if (port.Text("appProtocol") is { } protocol)
                {
                    endpoint["appProtocol"] = protocol;
                }

                ports.Add((JsonNode)endpoint);
            }
        }

        return ports;
    }

    private static long? Find(JsonObject port, JsonObject pod)
    {
        var containers = pod.Items("spec", "containers").SelectMany(container => container.Items("ports")).ToList();
        if (port["targetPort"].Text() is { } name)
        {
            return containers.Find(candidate => candidate.Text("name") == name) is { } named ? Reached(named) : null;
        }

        var number = port.Number("targetPort") is not (null or 0) and { } target ? target : port.Number("port");
        return containers.Find(candidate => candidate.Number("containerPort") == number) is { } numbered ? Reached(numbered) : number;
    }

    /// <summary>Where pods share one address, a container's port is reached at its host port.</summary>
    private static long? Reached(JsonObject port) => port.Number("hostPort") ?? port.Number("containerPort");
}
