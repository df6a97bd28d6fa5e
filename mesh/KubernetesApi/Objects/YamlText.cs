using System.Text.Json;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
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
            YamlBounds.Check(text);
            return ToJson(Deserializer().Deserialize<object?>(text));
        }
        catch (Exception e) when (e is YamlException or JsonException)
        {
            throw new FormatException(e.Message, e);
        }
    }

    /// <summary>Reads every document of a text, in the same way.</summary>
    /// <param name="text">The documents.</param>
    /// <returns>Their values, without those of empty documents.</returns>
    /// <exception cref="FormatException">It is not YAML; the message says where.</exception>
    public static IReadOnlyList<JsonNode> ReadAll(string text)
    {
        try
        {
            YamlBounds.Check(text);
            var parser = new MergingParser(new Parser(new StringReader(text)));
            var (deserializer, documents) = (Deserializer(), new List<JsonNode>());
            parser.Consume<StreamStart>();
            while (parser.Accept<DocumentStart>(out _))
            {
                if (ToJson(deserializer.Deserialize<object?>(parser)) is { } document)
                {
                    documents.Add(document);
                }
            }

            return documents;
        }
        catch (Exception e) when (e is YamlException or JsonException)
        {
            throw new FormatException(e.Message, e);
        }
    }

    private static IDeserializer Deserializer() =>
        new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().WithDuplicateKeyChecking().Build();

    private static JsonNode? ToJson(object? value) => JsonNode.Parse(new SerializerBuilder().JsonCompatible().Build().Serialize(value));
}
