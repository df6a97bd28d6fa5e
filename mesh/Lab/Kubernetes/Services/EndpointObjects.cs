using System.Text.Json.Nodes;
using Bookinfo.Mesh.KubernetesApi.Objects;
using Bookinfo.Mesh.KubernetesApi.Resources;
using Bookinfo.Mesh.KubernetesApi.Storage;

namespace Bookinfo.Mesh.Lab.Kubernetes.Services;

/// <summary>
/// Keeps the addresses behind each Service with a selector: those of the pods that it selects, in both forms, as Kubernetes' controllers do
/// (<c>pkg/controller/endpoint</c>, <c>staging/src/k8s.io/endpointslice</c>).
/// </summary>
/// <param name="store">The objects.</param>
/// <param name="now">The time of new objects.</param>
internal sealed class EndpointObjects(ObjectStore store, Func<string> now)
{
    /// <summary>The label of a slice that names its Service.</summary>
    public const string ServiceName = "kubernetes.io/service-name";

    /// <summary>The label of a slice that names the controller that writes it.</summary>
    public const string ManagedBy = "endpointslice.kubernetes.io/managed-by";

    private const string Controller = "endpointslice-controller.k8s.io";

    /// <summary>Brings the endpoints of every Service with a selector in line with its pods.</summary>
    public void Update()
    {
        var pods = store.All(KubernetesKinds.Pod).Select(found => found.Content)
            .Where(pod => pod.Text("status", "podIP") is not null).ToList();
        foreach (var service in store.All(KubernetesKinds.Service).Select(found => found.Content).ToList())
        {
            if (service.WaitsForOwned())
            {
                RemoveOwned(service);
            }
            else if (service.Texts("spec", "selector") is { Count: > 0 } selector
                && ServiceTypes.TypeOf(service) != ServiceTypes.ExternalName)
            {
                Update(service, [.. pods.Where(pod => pod.Namespace() == service.Namespace()
                    && selector.All(label => pod.Text("metadata", "labels", label.Key) == label.Value))]);
            }
        }
    }

    /// <summary>Whether requests go to a pod.</summary>
    public static bool IsReady(JsonObject pod) => !IsTerminating(pod) && pod.Text("status", "podIP") is not null && HasReady(pod);

    private static bool IsTerminating(JsonObject pod) => pod.Text("metadata", "deletionTimestamp") is not null;

    private static bool HasReady(JsonObject pod) => pod.Items("status", "conditions")
        .Any(condition => condition.Text("type") == "Ready" && condition.Text("status") == "True");

    /// <summary>A Service that waits for what it owns to go is not given it again.</summary>
    private void RemoveOwned(JsonObject service)
    {
        foreach (var kind in new[] { KubernetesKinds.Endpoints, KubernetesKinds.EndpointSlice })
        {
            foreach (var own in store.All(kind).Select(found => found.Content).Where(own =>
                own.Items("metadata", "ownerReferences").Any(reference => reference.Text("uid") == service.Uid())).ToList())
            {
                store.Remove(kind, own.Namespace(), own.Name());
            }
        }
    }

    private void Update(JsonObject service, List<JsonObject> pods)
    {
        var all = service.At("spec", "publishNotReadyAddresses") is JsonValue flag
            && flag.TryGetValue<bool>(out var publishes) && publishes;
        var groups = pods.GroupBy(pod => TargetPorts.Of(service, pod).ToText()).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => (Ports: TargetPorts.Of(service, group.First()), Pods: group.ToList())).ToList();
        Put(KubernetesKinds.Endpoints, service, service.Name(), new JsonObject
        {
            ["subsets"] = new JsonArray([.. groups.Where(group => group.Ports.Count > 0 && group.Pods.Exists(pod => !IsTerminating(pod)))
                .Select(group => Subset(group.Ports, [.. group.Pods.Where(pod => !IsTerminating(pod))], all))]),
        });
        if (groups.Count == 0)
        {
            groups = [([], [])];
        }

        for (var i = 0; i < groups.Count; i++)
        {
            Put(KubernetesKinds.EndpointSlice, service, $"{service.Name()}-{i + 1}", new JsonObject
            {
                ["addressType"] = "IPv4",
                ["ports"] = groups[i].Ports.DeepClone(),
                ["endpoints"] = new JsonArray([.. groups[i].Pods.Select(pod => Endpoint(pod, all))]),
            });
        }

        foreach (var slice in store.All(KubernetesKinds.EndpointSlice).Select(found => found.Content)
            .Where(slice => slice.Namespace() == service.Namespace()
                && slice.Text("metadata", "labels", ServiceName) == service.Name()
                && slice.Text("metadata", "labels", ManagedBy) == Controller).Skip(groups.Count).ToList())
        {
            store.Remove(KubernetesKinds.EndpointSlice, slice.Namespace(), slice.Name());
        }
    }

    private static JsonObject Subset(JsonArray ports, List<JsonObject> pods, bool all)
    {
        var subset = new JsonObject();
        foreach (var (field, ready) in new[] { ("addresses", true), ("notReadyAddresses", false) })
        {
            if (pods.Where(pod => (all || HasReady(pod)) == ready).ToList() is { Count: > 0 } own)
            {
                subset[field] = new JsonArray([.. own.Select(pod => new JsonObject
                {
                    ["ip"] = pod.Text("status", "podIP"),
                    ["nodeName"] = pod.Text("spec", "nodeName"),
                    ["targetRef"] = Reference(pod),
                })]);
            }
        }

        subset["ports"] = new JsonArray([.. ports.OfType<JsonObject>().Select(port => port.Copy()).Select(port =>
        {
            // The old form leaves out a name that is empty, the new one has it.
            if (port.Text("name") is "")
            {
                port.Remove("name");
            }

            return port;
        })]);
        return subset;
    }

    private static JsonObject Endpoint(JsonObject pod, bool all)
    {
        var (serving, terminating) = (HasReady(pod), IsTerminating(pod));
        return new JsonObject
        {
            ["addresses"] = new JsonArray(pod.Text("status", "podIP")),
            ["conditions"] = new JsonObject
            {
                ["ready"] = all || (serving && !terminating),
                ["serving"] = serving,
                ["terminating"] = terminating,
            },
            ["nodeName"] = pod.Text("spec", "nodeName"),
            ["targetRef"] = Reference(pod),
        };
    }

    private void Put(ResourceDefinition kind, JsonObject service, string name, JsonObject content)
    {
        if (store.Find(KubernetesKinds.Service, service.Namespace(), service.Name())?.Content.Uid() != service.Uid())
        {
            return;
        }

        var before = store.Find(kind, service.Namespace(), name)?.Content;
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
            ["creationTimestamp"] = before.Text("metadata", "creationTimestamp") ?? now(),
            ["labels"] = kind == KubernetesKinds.Endpoints ? service.At("metadata", "labels")?.DeepClone()
                : new JsonObject { [ServiceName] = service.Name(), [ManagedBy] = Controller },
            ["ownerReferences"] = new JsonArray(service.OwnerReference()),
        };
        store.Put(kind, content);
    }

    private static JsonObject Reference(JsonObject pod) =>
        new() { ["kind"] = "Pod", ["name"] = pod.Name(), ["namespace"] = pod.Namespace(), ["uid"] = pod.Uid() };
}
