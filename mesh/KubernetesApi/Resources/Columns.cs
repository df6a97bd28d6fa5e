using System.Text.Json.Nodes;
using Bookinfo.Mesh.KubernetesApi.Objects;

namespace Bookinfo.Mesh.KubernetesApi.Resources;

/// <summary>
/// The columns that people know from <c>kubectl get</c>: of Kubernetes' own kinds as <c>pkg/printers/internalversion/printers.go</c> has
/// them, of Istio's as its CustomResourceDefinitions have them (<c>additionalPrinterColumns</c>).
/// </summary>
internal static class Columns
{
    private const string None = "<none>";
    private static readonly System.Globalization.CultureInfo Invariant = System.Globalization.CultureInfo.InvariantCulture;
    private const string RoleLabel = "node-role.kubernetes.io/";

    /// <summary>How long ago the object was made.</summary>
    public static TableColumn Age { get; } = new("Age",
        (resource, now) => HumanDuration.Since(resource.Text("metadata", "creationTimestamp"), now), "How long ago it was made.");

    /// <summary>When the object was made.</summary>
    public static TableColumn Created { get; } =
        new("Created At", (resource, _) => resource.Text("metadata", "creationTimestamp"), "When it was made.");

    public static IReadOnlyList<TableColumn> Pod { get; } =
    [
        Column("Ready", resource =>
        {
            var containers = resource.Items("status", "containerStatuses").ToList();
            var count = Math.Max(containers.Count, resource.Items("spec", "containers").Count());
            return $"{containers.Count(container => IsTrue(container["ready"]))}/{count}";
        }, "The containers that are ready, of all."),
        Column("Status", PodStatus, "What it does."),
        Column("Restarts", resource => resource.Items("status", "containerStatuses").Sum(container => container.Number("restartCount") ?? 0)
            .ToString(Invariant), "How often its containers were started again."),
        Age,
        Wide("IP", resource => resource.Text("status", "podIP"), "Its address on the pod network."),
        Wide("Node", resource => resource.Text("spec", "nodeName"), "Where it runs."),
        Wide("Nominated Node", resource => resource.Text("status", "nominatedNodeName"), "Where it could run."),
        Wide("Readiness Gates", _ => null, "Conditions beyond its own."),
    ];

    public static IReadOnlyList<TableColumn> Deployment { get; } =
    [
        Column("Ready", resource => $"{resource.Number("status", "readyReplicas") ?? 0}/{resource.Number("spec", "replicas") ?? 1}",
            "The pods that are ready, of those wanted."),
        Count("Up-to-date", "status", "updatedReplicas"),
        Count("Available", "status", "availableReplicas"),
        Age,
        .. Template,
    ];

    public static IReadOnlyList<TableColumn> Rollout { get; } =
    [
        new("Desired", (resource, _) => resource.Number("spec", "replicas"), "The pods that are wanted.") { Type = "integer" },
        Count("Current", "status", "replicas"),
        Count("Up-to-date", "status", "updatedReplicas"),
        Count("Available", "status", "availableReplicas"),
        Age,
    ];

    public static IReadOnlyList<TableColumn> AnalysisRun { get; } =
    [
        Column("Status", resource => resource.Text("status", "phase"), "How it stands."),
        Age,
    ];

    public static IReadOnlyList<TableColumn> ReplicaSet { get; } =
    [
        Count("Desired", "spec", "replicas"),
        Count("Current", "status", "replicas"),
        Count("Ready", "status", "readyReplicas"),
        Age,
        .. Template,
    ];

    public static IReadOnlyList<TableColumn> StatefulSet { get; } =
    [
        Column("Ready", resource => $"{resource.Number("status", "readyReplicas") ?? 0}/{resource.Number("spec", "replicas") ?? 1}",
            "The pods that are ready, of those wanted."),
        Age,
    ];

    public static IReadOnlyList<TableColumn> AuthorizationPolicy { get; } =
        [Column("Action", resource => resource.Text("spec", "action") ?? "", "What it does with requests."), Age];

    public static IReadOnlyList<TableColumn> PeerAuthentication { get; } =
        [Column("Mode", resource => resource.Text("spec", "mtls", "mode") ?? "", "Whether calls are encrypted."), Age];

    public static IReadOnlyList<TableColumn> Service { get; } =
    [
        Column("Type", resource => resource.Text("spec", "type") ?? "ClusterIP", "How it is reached."),
        Column("Cluster-IP", resource => resource.Text("spec", "clusterIP"), "Its address on the service network."),
        Column("External-IP", ExternalAddress, "Its address from outside."),
        Column("Port(s)", resource => Joined(resource.Items("spec", "ports").Select(port =>
            $"{port.Number("port")}{(port.Number("nodePort") is { } node ? $":{node}" : "")}/{port.Text("protocol") ?? "TCP"}")),
            "Its ports."),
        Age,
        Wide("Selector", resource => Pairs(resource.Texts("spec", "selector")), "The labels of its pods."),
    ];

    public static IReadOnlyList<TableColumn> Endpoints { get; } =
    [
        Column("Endpoints", resource => Shortened(resource.Items("subsets").SelectMany(subset =>
            subset.Items("addresses").SelectMany(address => subset.Items("ports")
                .Select(port => $"{address.Text("ip")}:{port.Number("port")}")))), "Where its pods are reached."),
        Age,
    ];

    public static IReadOnlyList<TableColumn> EndpointSlice { get; } =
    [
        Column("AddressType", resource => resource.Text("addressType"), "The kind of its addresses."),
        Column("Ports", resource => Set(resource.Items("ports").Select(port => $"{port.Number("port")}")), "The ports of its pods."),
        Column("Endpoints", resource => Set(resource.Items("endpoints").SelectMany(endpoint => endpoint.Words("addresses"))),
            "The addresses of its pods."),
        Age,
    ];

    public static IReadOnlyList<TableColumn> Node { get; } =
    [
        Column("Status", resource => resource.Items("status", "conditions")
            .Any(condition => condition.Text("type") == "Ready" && condition.Text("status") == "True") ? "Ready" : "NotReady",
            "Whether pods run on it."),
        Column("Roles", resource => Joined(resource.Texts("metadata", "labels").Keys
            .Where(label => label.StartsWith(RoleLabel, StringComparison.Ordinal)).Select(label => label[RoleLabel.Length..])),
            "What it is for."),
        Age,
        Column("Version", resource => resource.Text("status", "nodeInfo", "kubeletVersion"), "The version of its kubelet."),
        Wide("Internal-IP", resource => resource.Items("status", "addresses").FirstOrDefault().Text("address"), "Its address."),
        Wide("OS-Image", resource => resource.Text("status", "nodeInfo", "osImage"), "Its system."),
        Wide("Container-Runtime", resource => resource.Text("status", "nodeInfo", "containerRuntimeVersion"), "What runs its pods."),
    ];

    public static IReadOnlyList<TableColumn> Namespace { get; } =
        [Column("Status", resource => resource.Text("status", "phase"), "Whether it is in use."), Age];

    public static IReadOnlyList<TableColumn> ConfigMap { get; } = [Size, Age];

    public static IReadOnlyList<TableColumn> Secret { get; } =
        [Column("Type", resource => resource.Text("type") ?? "Opaque", "What it holds."), Size, Age];

    public static IReadOnlyList<TableColumn> ServiceAccount { get; } =
    [
        new("Secrets", (resource, _) => resource.Items("secrets").Count(), "How many secrets it has.") { Type = "integer" },
        Age,
    ];

    public static IReadOnlyList<TableColumn> Event { get; } =
    [
        new("Last Seen", (resource, now) => HumanDuration.Since(
            resource.Text("lastTimestamp") ?? resource.Text("eventTime") ?? resource.Text("metadata", "creationTimestamp"), now),
            "When it happened last."),
        Column("Type", resource => resource.Text("type"), "Normal or Warning."),
        Column("Reason", resource => resource.Text("reason"), "What happened, in a word."),
        Column("Object", resource =>
            $"{resource.Text("involvedObject", "kind")?.ToLowerInvariant()}/{resource.Text("involvedObject", "name")}", "To what."),
        Column("Message", resource => resource.Text("message"), "What happened."),
    ];

    public static IReadOnlyList<TableColumn> Ingress { get; } =
    [
        Column("Class", resource => resource.Text("spec", "ingressClassName"), "Who serves it."),
        Column("Hosts", resource => resource.Items("spec", "rules").Select(rule => rule.Text("host")).OfType<string>().ToList() is
            { Count: > 0 } hosts ? Shortened(hosts) : "*", "The hosts it is for."),
        Column("Address", resource => Joined(resource.Items("status", "loadBalancer", "ingress")
            .Select(ingress => ingress.Text("ip") ?? ingress.Text("hostname"))) is var address && address == None ? "" : address,
            "Where it is reached."),
        Column("Ports", resource => resource.Items("spec", "tls").Any() ? "80, 443" : "80", "Its ports."),
        Age,
    ];

    public static IReadOnlyList<TableColumn> IngressClass { get; } =
    [
        Column("Controller", resource => resource.Text("spec", "controller"), "Who serves its Ingresses."),
        Column("Parameters", resource => resource.At("spec", "parameters") is { } parameters
            ? $"{parameters.Text("kind")}.{parameters.Text("apiGroup")}/{parameters.Text("name")}" : null, "What the controller goes by."),
        Age,
    ];

    public static IReadOnlyList<TableColumn> NetworkPolicy { get; } =
        [Column("Pod-Selector", resource => Pairs(resource.Texts("spec", "podSelector", "matchLabels")), "The pods it is for."), Age];

    public static IReadOnlyList<TableColumn> PodDisruptionBudget { get; } =
    [
        Column("Min Available", resource => resource.At("spec", "minAvailable")?.ToString() ?? "N/A", "How many must stay."),
        Column("Max Unavailable", resource => resource.At("spec", "maxUnavailable")?.ToString() ?? "N/A", "How many may go."),
        Count("Allowed Disruptions", "status", "disruptionsAllowed"),
        Age,
    ];

    public static IReadOnlyList<TableColumn> Autoscaler { get; } =
    [
        Column("Reference", resource => resource.At("spec", "scaleTargetRef") is { } target
            ? $"{target.Text("kind")}/{target.Text("name")}" : null, "What it scales."),
        Column("Targets", resource => Joined(resource.Items("spec", "metrics").Select(metric => metric.Text("resource", "name") is { } name
            ? $"{name}: <unknown>/{metric.Number("resource", "target", "averageUtilization")?.ToString("0'%'", Invariant) ?? "<auto>"}"
            : metric.Text("type"))), "What it looks at: as it is, and as it should be."),
        Count("MinPods", "spec", "minReplicas"),
        Count("MaxPods", "spec", "maxReplicas"),
        Count("Replicas", "status", "currentReplicas"),
        Age,
    ];

    public static IReadOnlyList<TableColumn> VirtualService { get; } =
        [List("Gateways", "The gateways it is bound to.", "spec", "gateways"), List("Hosts", "The hosts it is for.", "spec", "hosts"), Age];

    public static IReadOnlyList<TableColumn> DestinationRule { get; } =
        [Column("Host", resource => resource.Text("spec", "host") ?? "", "The service it is for."), Age];

    public static IReadOnlyList<TableColumn> ServiceEntry { get; } =
    [
        List("Hosts", "The hosts it is for.", "spec", "hosts"),
        Column("Location", resource => resource.Text("spec", "location") ?? "", "Inside the mesh or outside."),
        Column("Resolution", resource => resource.Text("spec", "resolution") ?? "", "How its addresses are found."),
        Age,
    ];

    public static IReadOnlyList<TableColumn> GatewayClass { get; } =
    [
        Column("Controller", resource => resource.Text("spec", "controllerName"), "Who carries it out."),
        ConditionOf("Accepted"),
        Age,
    ];

    public static IReadOnlyList<TableColumn> KubernetesGateway { get; } =
    [
        Column("Class", resource => resource.Text("spec", "gatewayClassName"), "Its GatewayClass."),
        Column("Address", resource => resource.Items("status", "addresses").FirstOrDefault().Text("value") ?? "", "Where it is reached."),
        ConditionOf("Programmed"),
        Age,
    ];

    public static IReadOnlyList<TableColumn> ListenerSet { get; } = [ConditionOf("Accepted"), ConditionOf("Programmed"), Age];

    public static IReadOnlyList<TableColumn> Route { get; } = [List("Hostnames", "The hosts it is for.", "spec", "hostnames"), Age];

    private static TableColumn Size => new("Data",
        (resource, _) => ((resource["data"] as JsonObject)?.Count ?? 0) + ((resource["binaryData"] as JsonObject)?.Count ?? 0),
        "How many entries it has.")
    { Type = "integer" };

    private static IEnumerable<TableColumn> Template =>
    [
        Wide("Containers", resource => Joined(Containers(resource).Select(container => container.Text("name"))), "Their names."),
        Wide("Images", resource => Joined(Containers(resource).Select(container => container.Text("image"))), "What they run."),
        Wide("Selector", resource => Pairs(resource.Texts("spec", "selector", "matchLabels")), "The labels of its pods."),
    ];

    private static IEnumerable<JsonObject> Containers(JsonObject resource) => resource.Items("spec", "template", "spec", "containers");

    private static TableColumn Column(string name, Func<JsonObject, string?> cell, string description) =>
        new(name, (resource, _) => cell(resource) ?? None, description);

    private static TableColumn Wide(string name, Func<JsonObject, string?> cell, string description) =>
        Column(name, cell, description) with { Priority = 1 };

    private static TableColumn Count(string name, params string[] path) =>
        new(name, (resource, _) => resource.Number(path) ?? 0, $"{string.Join('.', path)} of the object.") { Type = "integer" };

    private static TableColumn ConditionOf(string type) => Column(type, resource => resource.Items("status", "conditions")
        .FirstOrDefault(condition => condition.Text("type") == type).Text("status") ?? "Unknown", $"Whether it is {type}.");

    private static TableColumn List(string name, string description, params string[] path) =>
        new(name, (resource, _) => resource.At(path)?.ToText() ?? "", description);

    private static string PodStatus(JsonObject resource)
    {
        if (resource.Text("metadata", "deletionTimestamp") is not null)
        {
            return "Terminating";
        }

        var waiting = resource.Items("status", "containerStatuses")
            .Select(container => container.Text("state", "waiting", "reason")).FirstOrDefault(reason => reason is not null);
        return waiting ?? resource.Text("status", "reason") ?? resource.Text("status", "phase") ?? "Unknown";
    }

    /// <summary><c>printers.go: getServiceExternalIP</c>.</summary>
    private static string ExternalAddress(JsonObject service) => service.Text("spec", "type") switch
    {
        "ExternalName" => service.Text("spec", "externalName") ?? None,
        "LoadBalancer" => Joined(service.Items("status", "loadBalancer", "ingress")
            .Select(ingress => ingress.Text("ip") ?? ingress.Text("hostname")).Concat(service.Words("spec", "externalIPs"))) is var shown
            && shown == None ? "<pending>" : shown,
        _ => Joined(service.Words("spec", "externalIPs")),
    };

    private static bool IsTrue(JsonNode? node) => node is JsonValue value && value.TryGetValue<bool>(out var flag) && flag;

    private static string Joined(IEnumerable<string?> words) => string.Join(',', words) is { Length: > 0 } text ? text : None;

    private static string Set(IEnumerable<string> words) => Shortened(words) is var text && text == None ? "<unset>" : text;

    /// <summary>The first three, and how many more there are (<c>printers.go: formatEndpoints</c>).</summary>
    private static string Shortened(IEnumerable<string> words)
    {
        const int Shown = 3;
        var list = words.ToList();
        return list.Count > Shown ? $"{string.Join(',', list.Take(Shown))} + {list.Count - Shown} more..." : Joined(list);
    }

    private static string Pairs(IReadOnlyDictionary<string, string> labels) =>
        Joined(labels.OrderBy(label => label.Key, StringComparer.Ordinal).Select(label => $"{label.Key}={label.Value}"));
}
