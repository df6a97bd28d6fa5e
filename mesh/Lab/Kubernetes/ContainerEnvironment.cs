using System.Text;
using System.Text.Json.Nodes;
using Bookinfo.Mesh.KubernetesApi.Objects;
using Bookinfo.Mesh.KubernetesApi.Resources;
using Bookinfo.Mesh.KubernetesApi.Storage;

namespace Bookinfo.Mesh.Lab.Kubernetes;

/// <summary>
/// The environment of a pod's container, with the values that come from Secrets, ConfigMaps and the pod's own fields
/// (<c>pkg/kubelet/kubelet_pods.go: makeEnvironmentVariables</c>).
/// </summary>
/// <param name="store">The Secrets and ConfigMaps.</param>
internal sealed class ContainerEnvironment(ObjectStore store)
{
    /// <summary>Reads the environment of the first container.</summary>
    /// <param name="pod">The pod.</param>
    /// <returns>The variables by name.</returns>
    /// <exception cref="FormatException">A value is not there; the message names it as a kubelet does.</exception>
    public Dictionary<string, string> Read(JsonObject pod)
    {
        var container = pod.Items("spec", "containers").FirstOrDefault();
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var source in container.Items("envFrom"))
        {
            foreach (var (name, value) in All(pod, source))
            {
                variables[source.Text("prefix") + name] = value;
            }
        }

        foreach (var variable in container.Items("env"))
        {
            var value = variable["valueFrom"] is JsonObject from ? From(pod, from) : Expand(variable.Text("value") ?? "", variables);
            if (variable.Text("name") is { } name && value is not null)
            {
                variables[name] = value;
            }
        }

        return variables;
    }

    private IReadOnlyDictionary<string, string> All(JsonObject pod, JsonObject source) =>
        source["secretRef"] is JsonObject secret ? Values(pod, KubernetesKinds.Secret, secret)
        : source["configMapRef"] is JsonObject map ? Values(pod, KubernetesKinds.ConfigMap, map)
        : new Dictionary<string, string>();

    private string? From(JsonObject pod, JsonObject from) =>
        from["secretKeyRef"] is JsonObject secret ? Value(pod, KubernetesKinds.Secret, secret)
        : from["configMapKeyRef"] is JsonObject map ? Value(pod, KubernetesKinds.ConfigMap, map)
        : from.Text("fieldRef", "fieldPath") is { } path ? Field(pod, path)
        : null;

    private string? Value(JsonObject pod, ResourceDefinition kind, JsonObject reference)
    {
        var key = reference.Text("key") ?? "";
        return Values(pod, kind, reference).TryGetValue(key, out var value) ? value
            : IsOptional(reference) ? null
            : throw new FormatException($"couldn't find key {key} in {kind.Kind} {pod.Namespace()}/{reference.Text("name")}");
    }

    private IReadOnlyDictionary<string, string> Values(JsonObject pod, ResourceDefinition kind, JsonObject reference)
    {
        var name = reference.Text("name") ?? "";
        var found = store.Find(kind, pod.Namespace(), name)?.Content;
        if (found is null)
        {
            return IsOptional(reference) ? new Dictionary<string, string>()
                : throw new FormatException($"{kind.Singular} \"{name}\" not found");
        }

        var data = found.Texts("data");
        return ReferenceEquals(kind, KubernetesKinds.ConfigMap) ? data
            : data.ToDictionary(entry => entry.Key, entry => Encoding.UTF8.GetString(Decode(entry.Value)), StringComparer.Ordinal);
    }

    private static byte[] Decode(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : [];
    }

    private static bool IsOptional(JsonObject reference) =>
        reference["optional"] is JsonValue value && value.TryGetValue<bool>(out var optional) && optional;

    /// <summary><c>metadata.name</c>, <c>metadata.labels['app']</c>, <c>status.podIP</c> and the like.</summary>
    private static string? Field(JsonObject pod, string path)
    {
        var at = path.IndexOf("['", StringComparison.Ordinal);
        return at > 0 && path.EndsWith("']", StringComparison.Ordinal)
            ? pod.Text([.. path[..at].Split('.'), path[(at + 2)..^2]])
            : pod.Text(path.Split('.'));
    }

    /// <summary><c>$(NAME)</c> stands for a variable before it (<c>third_party/forked/golang/expansion</c>).</summary>
    private static string Expand(string value, Dictionary<string, string> variables) => variables.Aggregate(
        value, (text, variable) => text.Replace($"$({variable.Key})", variable.Value, StringComparison.Ordinal));
}
