using System.Text.Json.Nodes;
using Bookinfo.Mesh.KubernetesApi.Objects;
using Bookinfo.Mesh.KubernetesApi.Patching;
using Bookinfo.Mesh.KubernetesApi.Storage;
using Microsoft.AspNetCore.Http;

namespace Bookinfo.Mesh.KubernetesApi.Requests;

/// <summary>The subresource <c>scale</c>: of an object only how many pods it has, as <c>autoscaling/v1</c> writes it.</summary>
internal static class Scales
{
    /// <summary>The scale of an object.</summary>
    public static JsonObject Of(JsonObject resource)
    {
        var scale = new JsonObject
        {
            ["kind"] = "Scale",
            ["apiVersion"] = "autoscaling/v1",
            ["metadata"] = new JsonObject(((IEnumerable<string>)["name", "namespace", "uid", "resourceVersion", "creationTimestamp"])
                .Select(field => KeyValuePair.Create(field, resource["metadata"]![field]?.DeepClone()))),
            ["spec"] = new JsonObject { ["replicas"] = resource.Number("spec", "replicas") ?? 0 },
            ["status"] = new JsonObject
            {
                ["replicas"] = resource.Number("status", "replicas") ?? 0,
                ["selector"] = string.Join(',',
                    resource.Texts("spec", "selector", "matchLabels").Select(label => $"{label.Key}={label.Value}")),
            },
        };
        return scale;
    }

    /// <summary>Changes how many pods an object has.</summary>
    /// <exception cref="ApiException">The number is missing or below 0, or the object is another one by now.</exception>
    public static async Task<WriteResult> WriteAsync(
        HttpRequest request, ResourceTarget target, WriteOptions options, ObjectWriter writer, ObjectStore store)
    {
        var body = request.Method == "PUT" ? await BodyReader.ReadObjectAsync(request)
            : await BodyReader.ReadAsync(request, isYaml: false) ?? throw ApiException.BadRequest("a patch of a scale is an object");
        if (store.Find(target.Resource, target.Namespace ?? "", target.Name!) is null)
        {
            throw ApiException.NotFound(target.Resource.QualifiedName, target.Name!);
        }

        return writer.Change(target with { Subresource = null }, current =>
        {
            var scale = body is JsonArray operations ? JsonPatch.Apply(Of(current), operations)
                : request.Method == "PUT" ? body : MergePatch.Apply(Of(current), body);
            if (scale.Number("spec", "replicas") is not (>= 0 and <= int.MaxValue) and var wrong)
            {
                throw ApiException.Invalid("Scale", target.Name!, "spec.replicas", $"Invalid value: {wrong}: must be 0 or more");
            }

            current["spec"]!["replicas"] = scale.Number("spec", "replicas");
            current.Metadata()["resourceVersion"] = request.Method == "PUT" ? scale.Text("metadata", "resourceVersion") : null;
            return current;
        }, options);
    }
}
