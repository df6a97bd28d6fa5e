using System.Text.Json.Nodes;
using Bookinfo.Mesh.KubernetesApi.Objects;
using Bookinfo.Mesh.KubernetesApi.Patching;
using Bookinfo.Mesh.KubernetesApi.Resources;
using Bookinfo.Mesh.KubernetesApi.Schemas;
using Bookinfo.Mesh.KubernetesApi.Storage;
using Microsoft.AspNetCore.Http;

namespace Bookinfo.Mesh.KubernetesApi.Requests;

/// <summary>Carries out patches of every kind, server-side apply among them.</summary>
/// <param name="store">The objects.</param>
/// <param name="writer">Writes them.</param>
/// <param name="preparation">Keeps account of who has set what.</param>
internal sealed class PatchRequests(ObjectStore store, ObjectWriter writer, ObjectPreparation preparation)
{
    /// <summary>Carries out a patch.</summary>
    /// <param name="request">The request.</param>
    /// <param name="target">What it is for.</param>
    /// <param name="options">How.</param>
    /// <returns>What it has done, and whether it has made the object.</returns>
    /// <exception cref="ApiException">The patch cannot be read or does not fit.</exception>
    public async Task<(WriteResult Result, bool IsCreated)> PatchAsync(HttpRequest request, ResourceTarget target, WriteOptions options)
    {
        var type = BodyReader.TypeOf(request);
        if (!MediaTypes.Patches(target.Resource).Contains(type))
        {
            throw ApiException.UnsupportedMediaType(type, MediaTypes.Patches(target.Resource));
        }

        var body = await BodyReader.ReadAsync(request, isYaml: type == MediaTypes.Apply);
        if (type == MediaTypes.Apply)
        {
            return Apply(request, target, body as JsonObject ?? throw ApiException.BadRequest("a configuration is an object"), options);
        }

        Func<JsonObject, JsonNode?> patch = (type, body) switch
        {
            (MediaTypes.JsonPatch, JsonArray operations) => current => JsonPatch.Apply(current, operations),
            (MediaTypes.JsonPatch, _) => throw ApiException.BadRequest("a JSON patch is a list of operations"),
            (_, not JsonObject) => throw ApiException.BadRequest("a patch is an object"),
            (MediaTypes.MergePatch, _) => current => MergePatch.Apply(current, body),
            _ => current => StrategicMergePatch.Apply(current, (JsonObject)body, ObjectSchemas.Of(target.Resource)),
        };
        return (writer.Change(target, current => patch(WithoutVersion(current, body)) as JsonObject
            ?? throw ApiException.BadRequest("the patch leaves no object"), options), false);
    }

    /// <summary>A patch asks for a revision only where it names one.</summary>
    private static JsonObject WithoutVersion(JsonObject current, JsonNode? patch)
    {
        if (patch is not JsonArray)
        {
            current.Metadata().Remove("resourceVersion");
        }

        return current;
    }

    private (WriteResult Result, bool IsCreated) Apply(
        HttpRequest request, ResourceTarget target, JsonObject configuration, WriteOptions options)
    {
        if (request.Query["fieldManager"].ToString().Length == 0)
        {
            throw ApiException.BadRequest("fieldManager is required for apply patch");
        }

        if (configuration.Items("metadata", "managedFields").Any())
        {
            throw ApiException.BadRequest("metadata.managedFields must be nil");
        }

        ObjectPreparation.Address(target, configuration);
        var warnings = ObjectPreparation.Check(target.Resource, configuration, options.Validation);
        var ownership = preparation.Ownership(target.Resource, options);
        if (store.Find(target.Resource, target.Namespace ?? "", target.Name!) is null)
        {
            var fresh = ownership.Apply(null, configuration, options.Force);
            var fields = fresh["metadata"]!["managedFields"]!.DeepClone();
            fresh["apiVersion"] = target.Resource.ToApiVersion(target.Version);
            return (WithWarnings(writer.Create(target, fresh, options, fields), warnings), true);
        }

        var applied = writer.Change(target,
            current => ownership.Apply(WithoutVersion(current, null), configuration, options.Force), options, tracks: false);
        return (WithWarnings(applied, warnings), false);
    }

    private static WriteResult WithWarnings(WriteResult result, IReadOnlyList<string> warnings) =>
        result with { Warnings = [.. warnings, .. result.Warnings] };
}
