using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Bookinfo.Mesh.KubernetesApi.Objects;
using Bookinfo.Mesh.KubernetesApi.Resources;
using Bookinfo.Mesh.KubernetesApi.Storage;

namespace Bookinfo.Mesh.Lab.Kubernetes.Services;

/// <summary>
/// Makes EndpointSlices of the Endpoints that a client writes for a Service without a selector, one for each subset and kind of address
/// (<c>pkg/controller/endpointslicemirroring</c>).
/// </summary>
/// <param name="store">The objects.</param>
/// <param name="now">The time of new objects.</param>
internal sealed class EndpointMirror(ObjectStore store, Func<string> now)
{
    private const string Controller = "endpointslicemirroring-controller.k8s.io";
    private const string SkipMirror = "endpointslice.kubernetes.io/skip-mirror";

    /// <summary>Brings the slices in line with the Endpoints.</summary>
    public void Update()
    {
        var wanted = store.All(KubernetesKinds.Endpoints).Select(found => found.Content).Where(IsMirrored).SelectMany(SlicesOf)
            .ToDictionary(slice => (slice.Namespace(), slice.Name()));
        var mirrored = store.All(KubernetesKinds.EndpointSlice).Select(found => found.Content)
            .Where(slice => slice.Text("metadata", "labels", EndpointObjects.ManagedBy) == Controller).ToList();
        foreach (var old in mirrored.Where(old => !wanted.ContainsKey((old.Namespace(), old.Name()))))
        {
            store.Remove(KubernetesKinds.EndpointSlice, old.Namespace(), old.Name());
        }

        foreach (var slice in wanted.Values)
        {
            var before = mirrored.Find(old => old.Namespace() == slice.Namespace() && old.Name() == slice.Name());
            if (before is null || !JsonNode.DeepEquals(before["endpoints"], slice["endpoints"])
                || !JsonNode.DeepEquals(before["ports"], slice["ports"]))
            {
                var metadata = slice.Metadata();
                metadata["uid"] = before?.Uid() ?? Guid.NewGuid().ToString();
                metadata["creationTimestamp"] = before.Text("metadata", "creationTimestamp") ?? now();
                metadata["generation"] = (before.Number("metadata", "generation") ?? 0) + 1;
                store.Put(KubernetesKinds.EndpointSlice, slice);
            }
        }
    }

    private bool IsMirrored(JsonObject endpoints) => endpoints.Text("metadata", "labels", SkipMirror) != "true"
        && store.Find(KubernetesKinds.Service, endpoints.Namespace(), endpoints.Name())?.Content is { } service
        && service.Texts("spec", "selector").Count == 0;

    private static IEnumerable<JsonObject> SlicesOf(JsonObject endpoints) => endpoints.Items("subsets")
        .SelectMany(subset => Addresses(subset).GroupBy(address => address.Type).OrderBy(group => group.Key, StringComparer.Ordinal),
            (subset, group) => (Subset: subset, Type: group.Key, Addresses: group.ToList()))
        .Select((slice, at) => new JsonObject
        {
            ["apiVersion"] = KubernetesKinds.EndpointSlice.ApiVersion,
            ["kind"] = KubernetesKinds.EndpointSlice.Kind,
            ["metadata"] = new JsonObject
            {
                ["name"] = $"{endpoints.Name()}-mirror-{at + 1}",
                ["namespace"] = endpoints.Namespace(),
                ["labels"] = Labels(endpoints),
                ["ownerReferences"] = new JsonArray(endpoints.OwnerReference()),
            },
            ["addressType"] = slice.Type,
            ["endpoints"] = new JsonArray([.. slice.Addresses.Select(address => Endpoint(address.Address, address.IsReady))]),
            ["ports"] = new JsonArray([.. slice.Subset.Items("ports").Select(port =>
            {
                var copy = port.Copy();
                copy["name"] ??= "";
                copy["protocol"] ??= "TCP";
                return copy;
            })]),
        });

    private static IEnumerable<(string Type, JsonObject Address, bool IsReady)> Addresses(JsonObject subset) =>
        subset.Items("addresses").Select(address => (Address: address, IsReady: true))
            .Concat(subset.Items("notReadyAddresses").Select(address => (Address: address, IsReady: false)))
            .Where(pair => IPAddress.TryParse(pair.Address.Text("ip"), out _))
            .Select(pair => (IPAddress.Parse(pair.Address.Text("ip")!).AddressFamily == AddressFamily.InterNetworkV6 ? "IPv6" : "IPv4",
                pair.Address, pair.IsReady));

    private static JsonObject Endpoint(JsonObject address, bool isReady)
    {
        var endpoint = new JsonObject
        {
            ["addresses"] = new JsonArray(address.Text("ip")),
            ["conditions"] = new JsonObject { ["ready"] = isReady },
        };
        foreach (var field in (ReadOnlySpan<string>)["hostname", "nodeName", "targetRef"])
        {
            if (address[field] is { } value)
            {
                endpoint[field] = value.DeepClone();
            }
        }

        return endpoint;
    }

    private static JsonObject Labels(JsonObject endpoints)
    {
        var labels = endpoints.At("metadata", "labels") is JsonObject own ? own.Copy() : [];
        labels[EndpointObjects.ServiceName] = endpoints.Name();
        labels[EndpointObjects.ManagedBy] = Controller;
        return labels;
    }
}
