using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bookinfo.Mesh.KubernetesApi.Objects;

/// <summary>
/// JSON as an API server reads it: a field that is written twice has its last value, and is told of
/// (<c>sigs.k8s.io/json: UnmarshalStrict</c>).
/// </summary>
internal static class JsonText
{
    /// <summary>Reads a text.</summary>
    /// <param name="text">The text, UTF-8.</param>
    /// <returns>Its value, and the paths of fields that are written twice.</returns>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static (JsonNode? Value, IReadOnlyList<string> Duplicates) Read(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text);
        var duplicates = new List<string>();
        reader.Read();
        var value = Value(ref reader, "", duplicates);
        return reader.Read() ? throw new JsonException("there is something after the value") : (value, duplicates);
    }

    private static JsonNode? Value(ref Utf8JsonReader reader, string path, List<string> duplicates)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var owner = new JsonObject();
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    var name = reader.GetString()!;
                    var inner = path.Length == 0 ? name : $"{path}.{name}";
                    if (owner.ContainsKey(name))
                    {
                        duplicates.Add(inner);
                    }

                    reader.Read();
                    owner[name] = Value(ref reader, inner, duplicates);
                }

                return owner;
            case JsonTokenType.StartArray:
                var list = new JsonArray();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    list.Add(Value(ref reader, $"{path}[{list.Count}]", duplicates));
                }

                return list;
            default:
                return JsonNode.Parse(ref reader);
        }
    }
}
