using System.Text.Json.Nodes;
using Bookinfo.Mesh.Istio.GatewayApi;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.KubernetesApi.Objects;

namespace Bookinfo.Mesh.Lab.Kubernetes;

/// <summary>The status of the Gateway API's resources as Kubernetes writes it.</summary>
internal static class GatewayApiObjects
{
    /// <summary>Istio's name as a controller (<c>pilot/pkg/features/pilot.go: ManagedGatewayController</c>).</summary>
    private const string Controller = "istio.io/gateway-controller";

    /// <summary>Writes a status.</summary>
    /// <param name="status">How it stands.</param>
    /// <param name="before">The status so far: a condition that stays keeps its time.</param>
    /// <param name="generation">The generation of the resource.</param>
    /// <param name="now">The time of what is new.</param>
    public static JsonObject Status(GatewayApiStatus status, JsonNode? before, long generation, string now)
    {
        var written = new JsonObject();
        if (status.Conditions.Count > 0)
        {
            written["conditions"] = Conditions(status.Conditions, before.Items("conditions"), generation, now);
        }

        if (status.Parents.Count > 0)
        {
            written["parents"] = new JsonArray([.. status.Parents.Select((parent, at) => new JsonObject
            {
                ["parentRef"] = Reference(parent.Parent),
                ["controllerName"] = Controller,
                ["conditions"] = Conditions(parent.Conditions,
                    before.Items("parents").ElementAtOrDefault(at).Items("conditions"), generation, now),
            })]);
        }

        if (status.Listeners.Count > 0)
        {
            written["listeners"] = new JsonArray([.. status.Listeners.Select(listener => new JsonObject
            {
                ["name"] = listener.Name,
                ["attachedRoutes"] = listener.AttachedRoutes,
                ["supportedKinds"] = new JsonArray([.. listener.SupportedKinds.Select(kind => new JsonObject
                {
                    ["group"] = GatewayApiResource.Group,
                    ["kind"] = kind,
                })]),
                ["conditions"] = Conditions(listener.Conditions,
                    before.Items("listeners").FirstOrDefault(other => other.Text("name") == listener.Name).Items("conditions"),
                    generation, now),
            })]);
        }

        return written;
    }

    private static JsonArray Conditions(
        IReadOnlyList<Condition> conditions, IEnumerable<JsonObject> before, long generation, string now)
    {
        var old = before.ToList();
        return [.. conditions.Select(condition =>
        {
            var status = condition.Status ? "True" : "False";
            var same = old.Find(other => other.Text("type") == condition.Type && other.Text("status") == status);
            return new JsonObject
            {
                ["type"] = condition.Type,
                ["status"] = status,
                ["reason"] = condition.Reason,
                ["message"] = condition.Message,
                ["observedGeneration"] = generation,
                ["lastTransitionTime"] = same.Text("lastTransitionTime") ?? now,
            };
        })];
    }

    private static JsonObject Reference(ParentReference parent)
    {
        var reference = new JsonObject
        {
            ["group"] = parent.Group ?? GatewayApiResource.Group,
            ["kind"] = parent.Kind ?? "Gateway",
            ["name"] = parent.Name,
        };
        if (parent.Namespace is not null)
        {
            reference["namespace"] = parent.Namespace;
        }

        if (parent.SectionName is not null)
        {
            reference["sectionName"] = parent.SectionName;
        }

        if (parent.Port is not null)
        {
            reference["port"] = parent.Port;
        }

        return reference;
    }
}
