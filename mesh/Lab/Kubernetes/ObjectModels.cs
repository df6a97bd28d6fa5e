using System.Globalization;
using System.Text.Json.Nodes;
using Bookinfo.Mesh.KubernetesApi.Resources;
using Bookinfo.Mesh.KubernetesApi.Storage;
using k8s;
using k8s.Models;

namespace Bookinfo.Mesh.Lab.Kubernetes;

/// <summary>Objects written with the models of KubernetesClient, as the JSON that the API server keeps.</summary>
internal static class ObjectModels
{
    /// <summary>Keeps an object, with what an API server fills in.</summary>
    /// <param name="store">Where.</param>
    /// <param name="resource">Its kind.</param>
    /// <param name="model">The object.</param>
    /// <returns>The object as it is kept.</returns>
    public static JsonObject Put<T>(this ObjectStore store, ResourceDefinition resource, T model)
        where T : IKubernetesObject<V1ObjectMeta> => store.Put(resource, model.ToObject(resource)).Content;

    /// <summary>An object as it is kept, with what an API server fills in.</summary>
    /// <param name="model">The object.</param>
    /// <param name="resource">Its kind.</param>
    public static JsonObject ToObject<T>(this T model, ResourceDefinition resource)
        where T : IKubernetesObject<V1ObjectMeta>
    {
        model.Initialize();
        var json = (JsonObject)JsonNode.Parse(KubernetesJson.Serialize(model))!;
        if (model.Metadata.CreationTimestamp is { } created)
        {
            json["metadata"]!["creationTimestamp"] = created.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        }

        Defaults.Apply(resource, json);
        return json;
    }
}
