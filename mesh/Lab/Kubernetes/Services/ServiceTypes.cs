using System.Globalization;
using System.Text.Json.Nodes;
using Bookinfo.Mesh.KubernetesApi.Objects;

namespace Bookinfo.Mesh.Lab.Kubernetes.Services;

/// <summary>What kind of Service an object is.</summary>
internal static class ServiceTypes
{
    public const string ClusterIP = "ClusterIP";
    public const string NodePort = "NodePort";
    public const string LoadBalancer = "LoadBalancer";
    public const string ExternalName = "ExternalName";

    /// <summary>The <c>clusterIP</c> of a Service without one.</summary>
    public const string Headless = "None";

    /// <summary><c>spec.type</c>.</summary>
    public static string TypeOf(JsonObject service) => service.Text("spec", "type") ?? ClusterIP;

    /// <summary>Whether it has an address on the service network, or is to have one.</summary>
    public static bool HasAddress(JsonObject service) =>
        TypeOf(service) != ExternalName && service.Text("spec", "clusterIP") != Headless;

    /// <summary>Whether its ports are opened on the node.</summary>
    public static bool HasNodePorts(JsonObject service) => TypeOf(service) switch
    {
        NodePort => true,
        LoadBalancer => service.At("spec", "allocateLoadBalancerNodePorts") is not JsonValue value
            || !value.TryGetValue<bool>(out var allocates) || allocates,
        _ => false,
    };

    /// <summary>Its ports.</summary>
    public static IEnumerable<JsonObject> PortsOf(JsonObject service) => service.Items("spec", "ports");

    /// <summary>A port in words: its name, else its number.</summary>
    public static string NameOf(JsonObject port) => port.Text("name") is { Length: > 0 } name ? name
        : (port.Number("port") ?? 0).ToString(CultureInfo.InvariantCulture);
}
