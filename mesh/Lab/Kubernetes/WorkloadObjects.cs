using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Bookinfo.Mesh.KubernetesApi.Objects;
using Bookinfo.Mesh.Proxy.Model;

namespace Bookinfo.Mesh.Lab.Kubernetes;

/// <summary>Makes the ReplicaSets of Deployments and the Pods of ReplicaSets, and writes the condition of each.</summary>
/// <param name="time">The clock.</param>
internal sealed class WorkloadObjects(TimeProvider time)
{
    /// <summary>The number of a Deployment's revision, at the Deployment and at its ReplicaSets.</summary>
    public const string Revision = "deployment.kubernetes.io/revision";

    private static readonly string[] PodConditions = ["PodScheduled", "Initialized", "ContainersReady", "Ready"];

    /// <summary>The name of the only node, this machine.</summary>
    public static string Node { get; } = Environment.MachineName.ToLowerInvariant();

    /// <summary>The clock.</summary>
    public TimeProvider Time => time;

    /// <summary>The name of the ReplicaSet that has a Deployment's pods as its template is now.</summary>
    public static string ReplicaSetName(JsonObject deployment)
    {
        // FNV-1a, as short as the names that people know; the same template has the same name again after an undo.
        var hash = Encoding.UTF8.GetBytes(Canonical(deployment.At("spec", "template")))
            .Aggregate(2166136261u, (sum, next) => (sum ^ next) * 16777619u);
        return $"{deployment.Name()}-{hash:x8}";
    }

    /// <summary>A ReplicaSet of a Deployment, with no pods yet.</summary>
    public JsonObject ReplicaSet(JsonObject deployment, long revision)
    {
        var metadata = Metadata(ReplicaSetName(deployment), deployment, deployment.At("spec", "template", "metadata", "labels"),
            new JsonObject { [Revision] = revision.ToString(CultureInfo.InvariantCulture) });
        metadata["generation"] = 1;
        return new JsonObject
        {
            ["apiVersion"] = "apps/v1",
            ["kind"] = "ReplicaSet",
            ["metadata"] = metadata,
            ["spec"] = new JsonObject
            {
                ["replicas"] = 0,
                ["selector"] = deployment.At("spec", "selector")?.DeepClone(),
                ["template"] = deployment.At("spec", "template")?.DeepClone(),
            },
            ["status"] = new JsonObject { ["replicas"] = 0 },
        };
    }

    /// <summary>A Pod of a ReplicaSet, that does not run yet.</summary>
    /// <param name="set">The ReplicaSet.</param>
    /// <param name="name">The pod's name.</param>
    public JsonObject Pod(JsonObject set, string name)
    {
        var spec = set.At("spec", "template", "spec") is JsonObject template ? template.Copy() : [];
        return new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Pod",
            ["metadata"] = Metadata(name, set, set.At("spec", "template", "metadata", "labels"),
                set.At("spec", "template", "metadata", "annotations")),
            ["spec"] = spec,
            ["status"] = Waiting(spec, "ContainerCreating", null),
        };
    }

    /// <summary>The condition of a pod whose container waits.</summary>
    /// <param name="spec">The pod's <c>spec</c>.</param>
    /// <param name="reason">For what, in a word.</param>
    /// <param name="message">In a sentence; null for none.</param>
    public JsonObject Waiting(JsonNode? spec, string reason, string? message) => new()
    {
        ["phase"] = "Pending",
        ["startTime"] = Now(),
        ["conditions"] = Conditions("False"),
        ["containerStatuses"] = Containers(spec, ready: false, new JsonObject
        {
            ["waiting"] = new JsonObject { ["reason"] = reason, ["message"] = message },
        }),
    };

    /// <summary>Writes into a pod that it runs and is ready.</summary>
    /// <param name="pod">The pod; it is changed.</param>
    /// <param name="running">Where it is reached.</param>
    public void SetRunning(JsonObject pod, Pod running)
    {
        var address = running.Address.Address.ToString();
        var spec = pod.Section("spec");
        spec["nodeName"] = Node;

        // Where the system has one address only, each pod has a port of its own, which stands for its container's.
        if (spec.Items("containers").FirstOrDefault()?.Items("ports").FirstOrDefault() is { } port
            && port.Number("containerPort") != running.Address.Port)
        {
            port["hostPort"] = running.Address.Port;
        }

        pod["status"] = new JsonObject
        {
            ["phase"] = "Running",
            ["podIP"] = address,
            ["podIPs"] = new JsonArray(new JsonObject { ["ip"] = address }),
            ["hostIP"] = IPAddress.Loopback.ToString(),
            ["startTime"] = pod.Text("status", "startTime") ?? Now(),
            ["conditions"] = Conditions("True"),
            ["containerStatuses"] = Containers(spec, ready: true,
                new JsonObject { ["running"] = new JsonObject { ["startedAt"] = Now() } }),
        };
    }

    /// <summary>Writes into a pod that runs whether it is ready.</summary>
    /// <param name="pod">The pod; it is changed.</param>
    /// <param name="isReady">Whether it is.</param>
    public void SetReady(JsonObject pod, bool isReady)
    {
        pod.Section("status")["conditions"] = Conditions(isReady ? "True" : "False");
        foreach (var container in pod.Items("status", "containerStatuses"))
        {
            container["ready"] = isReady;
        }
    }

    /// <summary>What happened to an object, as <c>kubectl describe</c> and <c>kubectl events</c> tell it.</summary>
    /// <param name="about">The object.</param>
    /// <param name="reason">What, in a word.</param>
    /// <param name="message">What, in a sentence.</param>
    /// <param name="isWarning">Whether something is wrong.</param>
    public JsonObject Event(JsonObject about, string reason, string message, bool isWarning = false)
    {
        var now = Now();
        return new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Event",
            ["metadata"] = new JsonObject
            {
                ["name"] = $"{about.Name()}.{Guid.NewGuid().ToString("N")[..16]}",
                ["namespace"] = about.Namespace(),
                ["uid"] = Guid.NewGuid().ToString(),
                ["creationTimestamp"] = now,
            },
            ["involvedObject"] = new JsonObject
            {
                ["apiVersion"] = about.Text("apiVersion"),
                ["kind"] = about.Text("kind"),
                ["name"] = about.Name(),
                ["namespace"] = about.Namespace(),
                ["uid"] = about.Uid(),
            },
            ["type"] = isWarning ? "Warning" : "Normal",
            ["reason"] = reason,
            ["message"] = message,
            ["source"] = new JsonObject { ["component"] = "bookinfo-lab" },
            ["firstTimestamp"] = now,
            ["lastTimestamp"] = now,
            ["count"] = 1,
        };
    }

    /// <summary>The time now, as objects have it.</summary>
    public string Now() => time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private JsonObject Metadata(string name, JsonObject owner, JsonNode? labels, JsonNode? annotations)
    {
        var metadata = new JsonObject
        {
            ["name"] = name,
            ["namespace"] = owner.Namespace(),
            ["uid"] = Guid.NewGuid().ToString(),
            ["creationTimestamp"] = Now(),
            ["ownerReferences"] = new JsonArray(owner.OwnerReference()),
        };
        if (labels is not null)
        {
            metadata["labels"] = labels.DeepClone();
        }

        if (annotations is not null)
        {
            metadata["annotations"] = annotations.DeepClone();
        }

        return metadata;
    }

    private JsonArray Conditions(string ready) => [.. PodConditions.Select((type, at) => new JsonObject
    {
        ["type"] = type,
        ["status"] = at < 2 ? "True" : ready,
        ["lastTransitionTime"] = Now(),
    })];

    private static JsonArray Containers(JsonNode? spec, bool ready, JsonObject state) =>
        [.. spec.Items("containers").Select(container => new JsonObject
        {
            ["name"] = container.Text("name"),
            ["image"] = container.Text("image"),
            ["imageID"] = "",
            ["ready"] = ready,
            ["started"] = ready,
            ["restartCount"] = 0,
            ["state"] = state.DeepClone(),
        })];

    /// <summary>The same text for the same value, whatever the order of its fields.</summary>
    private static string Canonical(JsonNode? value) => value switch
    {
        JsonObject fields => $"{{{string.Join(',', fields.OrderBy(field => field.Key, StringComparer.Ordinal)
            .Select(field => $"{field.Key}:{Canonical(field.Value)}"))}}}",
        JsonArray list => $"[{string.Join(',', list.Select(Canonical))}]",
        _ => value?.ToText() ?? "null",
    };
}
