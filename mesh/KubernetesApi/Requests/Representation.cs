using System.Globalization;
using System.Text.Json.Nodes;
using Bookinfo.Mesh.KubernetesApi.Objects;
using Bookinfo.Mesh.KubernetesApi.Resources;
using Microsoft.AspNetCore.Http;

namespace Bookinfo.Mesh.KubernetesApi.Requests;

/// <summary>The forms in which objects are answered, by the request's <c>Accept</c>.</summary>
internal enum Form
{
    /// <summary>As they are.</summary>
    Object,

    /// <summary>As a table with the columns of <c>kubectl get</c>.</summary>
    Table,

    /// <summary>Their metadata only.</summary>
    Metadata,
}

/// <summary>Writes objects in the form and version that a client asks for.</summary>
/// <param name="target">What it asks about.</param>
/// <param name="form">The form.</param>
/// <param name="includeObject">What of the object a table's row has: <c>None</c>, <c>Metadata</c> or <c>Object</c>.</param>
/// <param name="time">The clock of ages.</param>
internal sealed class Representation(ResourceTarget target, Form form, string includeObject, TimeProvider time)
{
    private const string MetaVersion = "meta.k8s.io/v1";

    /// <summary>The form that a request asks for, and where the rest of the choice is made.</summary>
    /// <exception cref="ApiException">406: none of what it accepts is written here.</exception>
    public static Representation Of(HttpRequest request, ResourceTarget target, TimeProvider time)
    {
        var accepted = request.Headers.Accept.ToString().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var form = accepted.Length == 0 ? Form.Object : accepted.Select(FormOf).FirstOrDefault(form => form is not null)
            ?? throw new ApiException(406, "NotAcceptable",
                "only the following media types are accepted: application/json, and with it as=Table and as=PartialObjectMetadata");
        return new Representation(target, form, request.Query["includeObject"].ToString(), time);
    }

    /// <summary>One object.</summary>
    public JsonObject One(JsonObject resource) => form switch
    {
        Form.Table => Table([resource], resource.Text("metadata", "resourceVersion") ?? "", null, null),
        Form.Metadata => PartialMetadata(resource),
        _ => target.Resource.InVersion(resource, target.Version),
    };

    /// <summary>A list.</summary>
    /// <param name="resources">The objects.</param>
    /// <param name="revision">When it was so.</param>
    /// <param name="next">How to ask for the rest; null where there is none.</param>
    /// <param name="remaining">How many there are beyond these; null where that is not known.</param>
    public JsonObject List(IEnumerable<JsonObject> resources, string revision, string? next = null, long? remaining = null)
    {
        if (form == Form.Table)
        {
            return Table(resources, revision, next, remaining);
        }

        var isWhole = form == Form.Object;
        return new JsonObject
        {
            ["kind"] = isWhole ? $"{target.Resource.Kind}List" : "PartialObjectMetadataList",
            ["apiVersion"] = isWhole ? target.Resource.ToApiVersion(target.Version) : MetaVersion,
            ["metadata"] = ListMetadata(revision, next, remaining),
            ["items"] = new JsonArray([.. resources.Select(resource =>
                isWhole ? target.Resource.InVersion(resource, target.Version).DeepClone() : PartialMetadata(resource))]),
        };
    }

    /// <summary>An object that only carries a revision, for a watch.</summary>
    public JsonObject Bookmark(long revision, bool endsInitialEvents)
    {
        var metadata = new JsonObject
        {
            ["resourceVersion"] = revision.ToString(CultureInfo.InvariantCulture),
            ["creationTimestamp"] = null,
        };
        if (endsInitialEvents)
        {
            metadata["annotations"] = new JsonObject { ["k8s.io/initial-events-end"] = "true" };
        }

        return form == Form.Table
            ? Table([], revision.ToString(CultureInfo.InvariantCulture), null, null)
            : new JsonObject
            {
                ["kind"] = form == Form.Object ? target.Resource.Kind : "PartialObjectMetadata",
                ["apiVersion"] = form == Form.Object ? target.Resource.ToApiVersion(target.Version) : MetaVersion,
                ["metadata"] = metadata,
            };
    }

    private static Form? FormOf(string accepted)
    {
        var parts = accepted.Split(';', StringSplitOptions.TrimEntries);
        if (parts[0] is not ("application/json" or "application/*" or "*/*"))
        {
            return null;
        }

        return Array.Find(parts, part => part.StartsWith("as=", StringComparison.Ordinal)) switch
        {
            null => Form.Object,
            "as=Table" => Form.Table,
            "as=PartialObjectMetadata" or "as=PartialObjectMetadataList" => Form.Metadata,
            _ => null,
        };
    }

    private static JsonObject ListMetadata(string revision, string? next, long? remaining)
    {
        var metadata = new JsonObject { ["resourceVersion"] = revision };
        if (next is not null)
        {
            metadata["continue"] = next;
            if (remaining is not null)
            {
                metadata["remainingItemCount"] = remaining;
            }
        }

        return metadata;
    }

    private static JsonObject PartialMetadata(JsonObject resource) => new()
    {
        ["kind"] = "PartialObjectMetadata",
        ["apiVersion"] = MetaVersion,
        ["metadata"] = resource["metadata"]?.DeepClone(),
    };

    private JsonObject Table(IEnumerable<JsonObject> resources, string revision, string? next, long? remaining)
    {
        IReadOnlyList<TableColumn> columns = target.Resource.Columns;
        var isEvent = columns.Count > 0 && columns[0].Name == "Last Seen";
        var now = time.GetUtcNow();
        var head = columns.Select(Column);
        return new JsonObject
        {
            ["kind"] = "Table",
            ["apiVersion"] = MetaVersion,
            ["metadata"] = ListMetadata(revision, next, remaining),
            ["columnDefinitions"] = new JsonArray([.. isEvent ? head : head.Prepend(NameColumn())]),
            ["rows"] = new JsonArray([.. resources.Select(resource =>
            {
                var cells = columns.Select(column => column.Cell(resource, now));
                return new JsonObject
                {
                    ["cells"] = new JsonArray([.. isEvent ? cells : cells.Prepend(resource.Name())]),
                    ["object"] = includeObject switch
                    {
                        "None" => null,
                        "Object" => target.Resource.InVersion(resource, target.Version).DeepClone(),
                        _ => PartialMetadata(resource),
                    },
                };
            })]),
        };
    }

    private static JsonObject NameColumn() => new()
    {
        ["name"] = "Name",
        ["type"] = "string",
        ["format"] = "name",
        ["description"] = "The object's name.",
        ["priority"] = 0,
    };

    private static JsonObject Column(TableColumn column) => new()
    {
        ["name"] = column.Name,
        ["type"] = column.Type,
        ["format"] = "",
        ["description"] = column.Description,
        ["priority"] = column.Priority,
    };
}
