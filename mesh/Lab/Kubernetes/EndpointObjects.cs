using System.Text.Json.Nodes;
using Bookinfo.Mesh.KubernetesApi.Objects;
using Bookinfo.Mesh.KubernetesApi.Resources;
using Bookinfo.Mesh.KubernetesApi.Storage;

namespace Bookinfo.Mesh.Lab.Kubernetes;

/// <summary>Keeps the addresses behind each Service: those of the pods that it selects and that are ready, in both forms.</summary>
/// <param name="store">The objects.</param>
/// <param name="objects">The clock of new objects.</param>
internal sealed class EndpointObjects(ObjectStore store, WorkloadObjects objects)
{
    /// <summary>Brings the endpoints of every Service with a selector in line with its pods.</summary>
    public void Update()
    {
        var pods = store.All(KubernetesKinds.Pod).Select(found => found.Content).Where(IsReady).ToList();
        foreach (var service in store.All(KubernetesKinds.Service).Select(found => found.Content).ToList())
        {
            if (service.Texts("spec", "selector") is { Count: > 0 } selector)
            {
                var own = pods.Where(pod => pod.Namespace() == service.Namespace()
                    && selector.All(label => pod.Text("metadata", "labels", label.Key) == label.Value)).ToList();
                Update(service, own);
            }
        }
    }

    private void Update(JsonObject service, List<JsonObject> pods)
    {
        var port = service.Items("spec", "ports").FirstOrDefault();
        var byPort = pods.GroupBy(PortOf).OrderBy(group => group.Key).ToList();
        Put(KubernetesKinds.Endpoints, service, service.Name(), new JsonObject
        {
            ["subsets"] = new JsonArray([.. byPort.Select(group => new JsonObject
            {
                ["addresses"] = new JsonArray([.. group.Select(pod => new JsonObject
                {
                    ["ip"] = pod.Text("status", "podIP"),
                    ["nodeName"] = pod.Text("spec", "nodeName"),
                    ["targetRef"] = Reference(pod),
                })]),
                ["ports"] = Ports(port, group.Key),
            })]),
        });
        for (var i = 0; i < byPort.Count; i++)
        {
            Put(KubernetesKinds.EndpointSlice, service, $"{service.Name()}-{i + 1}", new JsonObject
            {
                ["addressType"] = "IPv4",
                ["ports"] = Ports(port, byPort[i].Key),
                ["endpoints"] = new JsonArray([.. byPort[i].Select(pod => new JsonObject
                {
                    ["addresses"] = new JsonArray(pod.Text("status", "podIP")),
                    ["conditions"] = new JsonObject { ["ready"] = true, ["serving"] = true, ["terminating"] = false },
                    ["nodeName"] = pod.Text("spec", "nodeName"),
                    ["targetRef"] = Reference(pod),
                })]),
            });
        }

        foreach (var slice in store.All(KubernetesKinds.EndpointSlice).Select(found => found.Content)
            .Where(slice => slice.Text("metadata", "labels", "kubernetes.io/service-name") == service.Name()
                && slice.Namespace() == service.Namespace()).Skip(byPort.Count).ToList())
        {
            store.Remove(KubernetesKinds.EndpointSlice, slice.Namespace(), slice.Name());
        }
    }

    private void Put(ResourceDefinition kind, JsonObject service, string name, JsonObject content)
    {
        var before = store.Find(kind, service.Namespace(), name)?.Content;
        if (store.Find(KubernetesKinds.Service, service.Namespace(), service.Name())?.Content.Uid() != service.Uid())
        {
            return;
        }

        if (before is not null && content.All(field => JsonNode.DeepEquals(field.Value, before[field.Key])))
        {
            return;
        }

        (content["apiVersion"], content["kind"]) = (kind.ApiVersion, kind.Kind);
        content["metadata"] = new JsonObject
        {
            ["name"] = name,
            ["namespace"] = service.Namespace(),
            ["uid"] = before?.Uid() ?? Guid.NewGuid().ToString(),
            ["creationTimestamp"] = before.Text("metadata", "creationTimestamp") ?? objects.Now(),
            ["labels"] = new JsonObject { ["kubernetes.io/service-name"] = service.Name() },
            ["ownerReferences"] = new JsonArray(new JsonObject
            {
                ["apiVersion"] = "v1",
                ["kind"] = "Service",
                ["name"] = service.Name(),
                ["uid"] = service.Uid(),
            }),
        };
        store.Put(kind, content);
    }

    /// <summary>Whether requests go to a pod.</summary>
    public static bool IsReady(JsonObject pod) => pod.Text("metadata", "deletionTimestamp") is null
        && pod.Text("status", "podIP") is not null
        && pod.Items("status", "conditions").Any(condition => condition.Text("type") == "Ready" && condition.Text("status") == "True");

    private static long PortOf(JsonObject pod) => pod.Items("spec", "containers").FirstOrDefault()?.Items("ports").FirstOrDefault()
        .Number("containerPort") ?? 0;

    private static JsonArray Ports(JsonObject? port, long target) =>
        [new JsonObject { ["name"] = port.Text("name"), ["port"] = target, ["protocol"] = "TCP" }];

    private static JsonObject Reference(JsonObject pod) =>
        new() { ["kind"] = "Pod", ["name"] = pod.Name(), ["namespace"] = pod.Namespace(), ["uid"] = pod.Uid() };
}
