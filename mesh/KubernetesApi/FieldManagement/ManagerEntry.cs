using System.Text.Json.Nodes;
using Bookinfo.Mesh.KubernetesApi.Objects;

namespace Bookinfo.Mesh.KubernetesApi.FieldManagement;

/// <summary>One entry of <c>metadata.managedFields</c>: which fields a manager has set.</summary>
/// <param name="Manager">Who: <c>kubectl-client-side-apply</c>, <c>kubectl-edit</c>, a program's name.</param>
/// <param name="IsApply">Whether by server-side apply, else by another write.</param>
/// <param name="ApiVersion">The version in which the fields are named.</param>
/// <param name="Time">When it last changed, RFC 3339.</param>
/// <param name="Fields">The fields.</param>
internal sealed record ManagerEntry(string Manager, bool IsApply, string ApiVersion, string Time, FieldSet Fields)
{
    /// <summary>The entries of an object.</summary>
    public static IReadOnlyList<ManagerEntry> Read(JsonObject? resource) =>
    [
        .. resource.Items("metadata", "managedFields").Select(entry => new ManagerEntry(
            entry.Text("manager") ?? "", entry.Text("operation") == "Apply", entry.Text("apiVersion") ?? "", entry.Text("time") ?? "",
            FieldSet.Read(entry["fieldsV1"]))),
    ];

    /// <summary>Whether an entry that a client sends is one.</summary>
    public static bool IsReadable(JsonNode? entry) => entry.Text("operation") is "Apply" or "Update"
        && entry.Text("fieldsType") == "FieldsV1" && entry.Text("apiVersion") is { Length: > 0 } && entry.At("fieldsV1") is JsonObject;

    /// <summary>Writes entries into an object; those without a field are left out.</summary>
    public static void Write(JsonObject resource, IEnumerable<ManagerEntry> entries)
    {
        var list = entries.Where(entry => !entry.Fields.IsEmpty).ToList();
        if (list.Count == 0)
        {
            resource.Metadata().Remove("managedFields");
            return;
        }

        resource.Metadata()["managedFields"] = new JsonArray([.. list.Select(entry => new JsonObject
        {
            ["manager"] = entry.Manager,
            ["operation"] = entry.IsApply ? "Apply" : "Update",
            ["apiVersion"] = entry.ApiVersion,
            ["time"] = entry.Time,
            ["fieldsType"] = "FieldsV1",
            ["fieldsV1"] = entry.Fields.Write(),
        })]);
    }
}
