using System.Text.Json;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace Bookinfo.Mesh.KubernetesApi.Objects;

/// <summary>YAML as Kubernetes reads it: one document, which becomes JSON.</summary>
public static class YamlText
{
    /// <summary>Reads a document. What looks like a number, a truth value or null is one, unless it is in quotes.</summary>
    /// <param name="text">The document.</param>
    /// <returns>Its value; null for an empty one.</returns>
    /// <exception cref="FormatException">It is not YAML; the message says where.</exception>
    public static JsonNode? Read(string text)
    {
        try
        {
            var value = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().WithDuplicateKeyChecking().Build()
                .Deserialize<object?>(text);
            return JsonNode.Parse(new SerializerBuilder().JsonCompatible().Build().Serialize(value));
        }
        catch (Exception e) when (e is YamlException or JsonException)
        {
            throw new FormatException(e.Message, e);
        }
    }
}
