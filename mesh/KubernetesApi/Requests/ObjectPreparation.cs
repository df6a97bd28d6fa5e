using System.Globalization;
using System.Text.Json.Nodes;
using Bookinfo.Mesh.KubernetesApi.FieldManagement;
using Bookinfo.Mesh.KubernetesApi.Objects;
using Bookinfo.Mesh.KubernetesApi.Resources;
using Bookinfo.Mesh.KubernetesApi.Schemas;

namespace Bookinfo.Mesh.KubernetesApi.Requests;

/// <summary>Makes of what a client sends what is kept: checked against the schema, with the metadata that only the server writes.</summary>
/// <param name="time">The clock of <c>creationTimestamp</c>.</param>
/// <param name="random">Where ids and generated names come from.</param>
internal sealed class ObjectPreparation(TimeProvider time, Random random)
{
    /// <summary>The letters of generated names: without vowels, so that no words come about (<c>util/rand/rand.go</c>).</summary>
    private const string Letters = "bcdfghjklmnpqrstvwxz2456789";

    private static readonly string[] ServerMetadata =
        ["uid", "creationTimestamp", "generation", "selfLink", "deletionTimestamp", "deletionGracePeriodSeconds"];

    /// <summary>What metadata does not keep where it is empty (<c>meta/v1/types.go: ObjectMeta</c>, <c>omitempty</c>).</summary>
    private static readonly string[] EmptyIsAbsent = ["labels", "annotations", "finalizers", "ownerReferences"];

    /// <summary>Checks that a body is for the path it was sent to, and makes it of the version that is kept.</summary>
    /// <param name="target">The path.</param>
    /// <param name="body">The body; it is changed.</param>
    /// <exception cref="ApiException">400: it is not.</exception>
    public static void Address(ResourceTarget target, JsonObject body)
    {
        var resource = target.Resource;
        if (body.Text("kind") is not (null or "") && body.Text("kind") != resource.Kind)
        {
            throw ApiException.BadRequest(
                $"{body.Text("kind")} in version \"{body.Text("apiVersion")}\" cannot be handled as a {resource.Kind}: no kind "
                + $"\"{body.Text("kind")}\" is at this path");
        }

        if (body.Text("apiVersion") is { Length: > 0 } version && version != resource.ToApiVersion(target.Version))
        {
            throw ApiException.BadRequest(
                $"the API version in the data ({version}) does not match the expected API version "
                + $"({resource.ToApiVersion(target.Version)})");
        }

        resource.Conversion?.ToKept(body, target.Version);
        (body["apiVersion"], body["kind"]) = (resource.ApiVersion, resource.Kind);
        if (body["metadata"] is not (null or JsonObject))
        {
            throw ApiException.BadRequest("metadata: an object expected");
        }

        var metadata = body.Metadata();
        foreach (var empty in EmptyIsAbsent.Where(field => metadata[field] is JsonObject { Count: 0 } or JsonArray { Count: 0 }))
        {
            metadata.Remove(empty);
        }

        var space = resource.IsNamespaced ? target.Namespace ?? throw ApiException.NoSuchPath() : null;
        if (metadata.Text("namespace") is { Length: > 0 } given && given != (space ?? ""))
        {
            throw ApiException.BadRequest("the namespace of the provided object does not match the namespace sent on the request");
        }

        if (space is null)
        {
            metadata.Remove("namespace");
        }
        else
        {
            metadata["namespace"] = space;
        }

        if (target.Name is null)
        {
            return;
        }

        if (metadata.Text("name") is { Length: > 0 } name && name != target.Name)
        {
            throw ApiException.BadRequest(
                $"the name of the object ({name}) does not match the name on the URL ({target.Name})");
        }

        metadata["name"] = target.Name;
    }

    /// <summary>Compares an object with its schema; fields that are not in it are left out or refused.</summary>
    /// <param name="resource">The kind.</param>
    /// <param name="body">The object; it is changed.</param>
    /// <param name="validation">What to do with unknown fields.</param>
    /// <returns>Warnings.</returns>
    /// <exception cref="ApiException">A value is of a wrong type, or a field is unknown and must not be.</exception>
    public static IReadOnlyList<string> Check(ResourceDefinition resource, JsonObject body, FieldValidation validation)
    {
        var schema = ObjectSchemas.Of(resource);
        var (wrong, unknown) = SchemaCheck.Find(body, schema);
        var head = $"{resource.Kind} in version \"{resource.Version}\" cannot be handled as a {resource.Kind}: ";
        if (wrong.Count > 0)
        {
            throw ApiException.BadRequest(head + string.Join("; ", wrong));
        }

        if (unknown.Count == 0)
        {
            return [];
        }

        var fields = unknown.Select(path => $"unknown field \"{path}\"").ToList();
        if (validation == FieldValidation.Strict)
        {
            throw ApiException.BadRequest($"{head}strict decoding error: {string.Join(", ", fields)}");
        }

        SchemaCheck.Prune(body, schema);
        return validation == FieldValidation.Warn ? fields : [];
    }

    /// <summary>Writes the metadata of a new object.</summary>
    /// <param name="resource">The kind.</param>
    /// <param name="body">The object; it is changed.</param>
    /// <exception cref="ApiException">422: it has no name, or one that is not a name.</exception>
    public void Create(ResourceDefinition resource, JsonObject body)
    {
        var metadata = body.Metadata();
        if (metadata.Text("name") is not { Length: > 0 } && metadata.Text("generateName") is { Length: > 0 } prefix)
        {
            metadata["name"] = prefix + Suffix(5);
        }

        MetadataCheck.CheckName(resource, metadata.Text("name") ?? "");
        MetadataCheck.CheckMaps(resource, body);
        foreach (var field in ServerMetadata.Append("resourceVersion").Append("managedFields"))
        {
            metadata.Remove(field);
        }

        metadata["uid"] = Uid();
        metadata["creationTimestamp"] = Now();
        if (resource.HasGeneration)
        {
            metadata["generation"] = 1;
        }

        if (resource.HasStatus)
        {
            body.Remove("status");
        }
    }

    /// <summary>Writes the metadata of a changed object: what the server has written stays.</summary>
    /// <param name="resource">The kind.</param>
    /// <param name="before">The object before.</param>
    /// <param name="after">The object as the client wants it; it is changed.</param>
    /// <exception cref="ApiException">422: a label or an annotation is not allowed.</exception>
    public static void Change(ResourceDefinition resource, JsonObject before, JsonObject after)
    {
        MetadataCheck.CheckMaps(resource, after);
        var metadata = after.Metadata();
        foreach (var field in ServerMetadata)
        {
            metadata.Remove(field);
            if (before["metadata"]![field] is { } value)
            {
                metadata[field] = value.DeepClone();
            }
        }

        metadata["resourceVersion"] = before["metadata"]!["resourceVersion"]?.DeepClone();
        if (resource.HasStatus)
        {
            Move(before, after, "status");
        }

        if (!resource.HasGeneration)
        {
            return;
        }

        if (after.Any(field => field.Key is not ("metadata" or "status") && !JsonNode.DeepEquals(field.Value, before[field.Key]))
            || before.Any(field => !after.ContainsKey(field.Key)))
        {
            metadata["generation"] = (before.Number("metadata", "generation") ?? 0) + 1;
        }
    }

    /// <summary>Puts a field of one object in place of another's.</summary>
    public static void Move(JsonObject from, JsonObject to, string field)
    {
        to.Remove(field);
        if (from[field] is { } value)
        {
            to[field] = value.DeepClone();
        }
    }

    /// <summary>Account of who has set what, for a write now.</summary>
    public FieldOwnership Ownership(ResourceDefinition resource, WriteOptions options) =>
        new(ObjectSchemas.Of(resource), options.Manager, resource.ApiVersion, Now());

    /// <summary>The time now, as objects have it.</summary>
    public string Now() => time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    /// <summary>A fresh id.</summary>
    public string Uid()
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes).ToString();
    }

    private string Suffix(int length) => new([.. Enumerable.Range(0, length).Select(_ => Letters[random.Next(Letters.Length)])]);
}
