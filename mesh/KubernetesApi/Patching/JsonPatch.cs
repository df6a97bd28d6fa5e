using System.Globalization;
using System.Text.Json.Nodes;
using Bookinfo.Mesh.KubernetesApi.Objects;

namespace Bookinfo.Mesh.KubernetesApi.Patching;

/// <summary>A list of operations on an object (RFC 6902), with paths as JSON pointers (RFC 6901).</summary>
internal static class JsonPatch
{
    /// <summary>The most operations that an API server takes (<c>endpoints/handlers/patch.go: maxJSONPatchOperations</c>).</summary>
    private const int Most = 10_000;

    /// <summary>Carries the operations out on an object.</summary>
    /// <param name="target">The object; it is changed.</param>
    /// <param name="patch">The operations.</param>
    /// <returns>What the object has become.</returns>
    /// <exception cref="ApiException">An operation cannot be read (400) or does not fit the object (422).</exception>
    public static JsonNode? Apply(JsonNode? target, JsonArray patch)
    {
        if (patch.Count > Most)
        {
            throw new ApiException(413, "RequestEntityTooLarge",
                $"The allowed maximum operations in a JSON patch is {Most}, got {patch.Count}");
        }

        foreach (var operation in patch)
        {
            target = Apply(target, operation);
        }

        return target;
    }

    private static JsonNode? Apply(JsonNode? target, JsonNode? operation)
    {
        var path = Pointer(operation, "path");
        switch (operation.Text("op"))
        {
            case "add":
                return Add(target, path, Value(operation));
            case "remove":
                return Remove(target, path).Left;
            case "replace":
                return path.Length == 0 ? Value(operation) : Add(Remove(target, path).Left, path, Value(operation));
            case "move":
                var moved = Remove(target, Pointer(operation, "from"));
                return Add(moved.Left, path, moved.Taken);
            case "copy":
                return Add(target, path, Find(target, Pointer(operation, "from"))?.DeepClone());
            case "test":
                return JsonNode.DeepEquals(Find(target, path), Value(operation)) ? target
                    : throw Unfit($"testing value {operation.Text("path")} failed");
            default:
                throw ApiException.BadRequest(
                    $"Unexpected kind of operation: {operation.At("op")?.ToText() ?? "none"}; "
                    + "use add, remove, replace, move, copy or test");
        }
    }

    private static JsonNode? Value(JsonNode? operation) => operation is JsonObject fields && fields.ContainsKey("value")
        ? fields["value"]?.DeepClone()
        : throw ApiException.BadRequest("an operation of this kind needs a value");

    private static string[] Pointer(JsonNode? operation, string field)
    {
        var text = operation.Text(field) ?? throw ApiException.BadRequest($"an operation of a JSON patch has the field {field}");
        return text.Length == 0 ? []
            : text[0] == '/'
                ? [.. text[1..].Split('/').Select(part => part.Replace("~1", "/", StringComparison.Ordinal)
                    .Replace("~0", "~", StringComparison.Ordinal))]
                : throw ApiException.BadRequest($"'{text}' is not a JSON pointer: it begins with a slash");
    }

    private static JsonNode? Find(JsonNode? node, ReadOnlySpan<string> path)
    {
        foreach (var part in path)
        {
            node = node switch
            {
                JsonObject owner when owner.TryGetPropertyValue(part, out var value) => value,
                JsonArray list => list[Index(part, list.Count - 1)],
                _ => throw Missing(part),
            };
        }

        return node;
    }

    private static JsonNode? Add(JsonNode? target, string[] path, JsonNode? value)
    {
        if (path.Length == 0)
        {
            return value;
        }

        switch (Find(target, path.AsSpan(..^1)))
        {
            case JsonObject owner:
                owner[path[^1]] = value;
                break;
            case JsonArray list:
                list.Insert(path[^1] == "-" ? list.Count : Index(path[^1], list.Count), value);
                break;
            default:
                throw Missing(path[^1]);
        }

        return target;
    }

    private static (JsonNode? Left, JsonNode? Taken) Remove(JsonNode? target, string[] path)
    {
        if (path.Length == 0)
        {
            return (null, target);
        }

        switch (Find(target, path.AsSpan(..^1)))
        {
            case JsonObject owner when owner.TryGetPropertyValue(path[^1], out var value):
                owner.Remove(path[^1]);
                return (target, value);
            case JsonArray list:
                var index = Index(path[^1], list.Count - 1);
                var item = list[index];
                list.RemoveAt(index);
                return (target, item);
            default:
                throw Missing(path[^1]);
        }
    }

    private static int Index(string part, int last) =>
        int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index <= last ? index : throw Missing(part);

    private static ApiException Missing(string part) => Unfit($"the path has no '{part}' in the object");

    private static ApiException Unfit(string message) =>
        new(422, "Invalid", $"the server rejected our request due to an error in our request: {message}");
}
