using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Bookinfo.Mesh.KubernetesApi.Objects;

namespace Bookinfo.Mesh.Lab.Kubernetes.Services;

/// <summary>
/// What an API server refuses of a Service, in its words (<c>pkg/apis/core/validation/validation.go: ValidateService</c>), and what the Lab
/// stores without doing it, as warnings.
/// </summary>
internal static partial class ServiceValidation
{
    private const long LongestAffinity = 86400;

    private static readonly string[] Types =
        [ServiceTypes.ClusterIP, ServiceTypes.ExternalName, ServiceTypes.LoadBalancer, ServiceTypes.NodePort];

    private static readonly string[] Protocols = ["SCTP", "TCP", "UDP"];

    private static readonly Dictionary<string, string> NotDone = new(StringComparer.Ordinal)
    {
        ["externalIPs"] = "the Lab listens on the ClusterIP, on node ports and on the load balancer's 127.0.0.1 only",
        ["loadBalancerIP"] = "the Lab's load balancer has 127.0.0.1",
        ["loadBalancerSourceRanges"] = "all who reach 127.0.0.1 are on this machine",
        ["trafficDistribution"] = "the Lab is one node",
    };

    /// <summary>Refuses what is invalid.</summary>
    /// <param name="service">The Service, with its defaults.</param>
    /// <exception cref="ApiException">422: a field is invalid; the message says which.</exception>
    public static void Check(JsonObject service)
    {
        if (!Label().IsMatch(service.Name()) || service.Name().Length > 63)
        {
            throw Invalid(service, "metadata.name", $"Invalid value: \"{service.Name()}\": a DNS-1035 label must consist of lower case "
                + "alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character");
        }

        var (type, address) = (ServiceTypes.TypeOf(service), service.Text("spec", "clusterIP"));
        RequireOneOf(service, "spec.type", type, Types);
        if (type is ServiceTypes.NodePort or ServiceTypes.LoadBalancer && address == ServiceTypes.Headless)
        {
            throw Invalid(service, "spec.clusterIPs[0]",
                $"Invalid value: \"None\": may not be set to 'None' for {type} services");
        }

        if (type == ServiceTypes.ExternalName)
        {
            CheckExternalName(service, address);
        }
        else if (!ServiceTypes.PortsOf(service).Any() && address != ServiceTypes.Headless)
        {
            throw Invalid(service, "spec.ports", "Required value");
        }

        CheckAffinity(service);
        CheckFamilies(service);
        CheckPorts(service);
    }

    /// <summary>What is stored and does nothing.</summary>
    /// <param name="service">The Service.</param>
    public static IReadOnlyList<string> Warnings(JsonObject service)
    {
        var spec = service["spec"] as JsonObject ?? [];
        return
        [
            .. NotDone.Where(field => spec[field.Key] is not null)
                .Select(field => $"spec.{field.Key}: stored, and does nothing: {field.Value}"),
            .. ServiceTypes.PortsOf(service).Where(port => port.Text("protocol") is "UDP" or "SCTP")
                .Select(port => $"spec.ports: {port.Text("protocol")} port {port.Number("port")}: stored, and not opened: the Lab "
                    + "balances TCP connections"),
            .. ServiceTypes.TypeOf(service) == ServiceTypes.ExternalName
                ? [$"spec.externalName: stored, and leads nowhere: the Lab has no DNS. A ServiceEntry makes {spec.Text("externalName")} "
                    + "known to the mesh"]
                : Array.Empty<string>(),
        ];
    }

    private static void CheckExternalName(JsonObject service, string? address)
    {
        if (address is { Length: > 0 })
        {
            throw Invalid(service, "spec.clusterIPs[0]", "Forbidden: may not be set for ExternalName services");
        }

        var name = service.Text("spec", "externalName") ?? "";
        if (!Domain().IsMatch(name.TrimEnd('.')) || name.Length > 253)
        {
            throw Invalid(service, "spec.externalName", name.Length == 0 ? "Required value"
                : $"Invalid value: \"{name}\": a lowercase RFC 1123 subdomain is needed");
        }
    }

    private static void CheckAffinity(JsonObject service)
    {
        var affinity = service.Text("spec", "sessionAffinity") ?? "None";
        RequireOneOf(service, "spec.sessionAffinity", affinity, ["ClientIP", "None"]);
        var timeout = service.At("spec", "sessionAffinityConfig", "clientIP", "timeoutSeconds");
        if (affinity == "None" && service.At("spec", "sessionAffinityConfig") is not null)
        {
            throw Invalid(service, "spec.sessionAffinityConfig",
                "Forbidden: must not be set when session affinity is None");
        }

        if (timeout is not null && timeout.Number() is not (> 0 and <= LongestAffinity))
        {
            throw Invalid(service, "spec.sessionAffinityConfig.clientIP.timeoutSeconds",
                $"Invalid value: {timeout}: must be greater than 0 and less than {LongestAffinity}");
        }
    }

    private static void CheckFamilies(JsonObject service)
    {
        var at = service.At("spec", "ipFamilies").Words().ToList().FindIndex(family => family != "IPv4");
        if (at >= 0)
        {
            throw Invalid(service, $"spec.ipFamilies[{at}]",
                $"Invalid value: \"{service.At("spec", "ipFamilies").Words().ElementAt(at)}\": not configured on this cluster");
        }

        if (service.Text("spec", "ipFamilyPolicy") == "RequireDualStack")
        {
            throw Invalid(service, "spec.ipFamilyPolicy",
                "Invalid value: \"RequireDualStack\": this cluster is not configured for dual-stack services");
        }
    }

    private static void CheckPorts(JsonObject service)
    {
        var ports = ServiceTypes.PortsOf(service).ToList();
        for (var i = 0; i < ports.Count; i++)
        {
            var (port, at) = (ports[i], $"spec.ports[{i}]");
            if (ports.Count > 1 && port.Text("name") is null or "")
            {
                throw Invalid(service, $"{at}.name", "Required value");
            }

            RequireOneOf(service, $"{at}.protocol", port.Text("protocol") ?? "TCP", Protocols);
            RequirePort(service, $"{at}.port", port["port"]);
            if (port["targetPort"].Text() is { } name)
            {
                if (!PortName().IsMatch(name) || name.Length > 15 || !name.Any(char.IsAsciiLetter))
                {
                    throw Invalid(service, $"{at}.targetPort", $"Invalid value: \"{name}\": must contain only alpha-numeric characters "
                        + "(a-z, 0-9), and hyphens (-), and at least one letter (a-z), at most 15 characters");
                }
            }
            else if (port["targetPort"] is not null)
            {
                RequirePort(service, $"{at}.targetPort", port["targetPort"]);
            }

            if (port.Number("nodePort") is not (null or 0) && ServiceTypes.TypeOf(service) is ServiceTypes.ClusterIP)
            {
                throw Invalid(service, $"{at}.nodePort", "Forbidden: may not be used when `type` is 'ClusterIP'");
            }

            if (ports.Take(i).FirstOrDefault(other => other.Text("name") == port.Text("name")) is { } same)
            {
                throw Invalid(service, $"{at}.name", $"Duplicate value: \"{same.Text("name")}\"");
            }

            if (ports.Take(i).Any(other => other.Number("port") == port.Number("port") && other.Text("protocol") == port.Text("protocol")))
            {
                throw Invalid(service, at,
                    $"Duplicate value: {{\"port\":{port.Number("port")},\"protocol\":\"{port.Text("protocol") ?? "TCP"}\"}}");
            }
        }
    }

    private static void RequirePort(JsonObject service, string field, JsonNode? value)
    {
        if (value.Number() is not (> 0 and < 65536))
        {
            throw Invalid(service, field, $"Invalid value: {value?.ToJsonString() ?? "0"}: must be between 1 and 65535, inclusive");
        }
    }

    private static void RequireOneOf(JsonObject service, string field, string value, string[] known)
    {
        if (!known.Contains(value))
        {
            throw Invalid(service, field,
                $"Unsupported value: \"{value}\": supported values: {string.Join(", ", known.Select(one => $"\"{one}\""))}");
        }
    }

    private static ApiException Invalid(JsonObject service, string field, string problem) =>
        ApiException.Invalid("Service", service.Name(), field, problem);

    [GeneratedRegex("^[a-z]([-a-z0-9]*[a-z0-9])?$", RegexOptions.NonBacktracking)]
    private static partial Regex Label();

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$", RegexOptions.NonBacktracking)]
    private static partial Regex Domain();

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$", RegexOptions.NonBacktracking)]
    private static partial Regex PortName();
}
