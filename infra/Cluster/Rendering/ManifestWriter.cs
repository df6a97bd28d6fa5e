using System.Collections;
using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Bookinfo.Cluster.Rendering;

/// <summary>Writes manifests as plain YAML: the fields in the order in which people write them, everything else by name.</summary>
public static class ManifestWriter
{
    private static readonly string[] First = ["apiVersion", "kind", "metadata", "name", "namespace"];

    // What only Pulumi's provider reads.
    private const string PulumiAnnotation = "pulumi.com/";

    /// <summary>One document.</summary>
    /// <param name="resource">A resource that is a manifest.</param>
    public static string Write(RegisteredResource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        var text = new StringWriter { NewLine = "\n" };
        new YamlStream(new YamlDocument(Map(resource.Inputs))).Save(text, assignAnchors: false);
        var yaml = text.ToString();
        return yaml.EndsWith("...\n", StringComparison.Ordinal) ? yaml[..^4] : yaml;
    }

    private static YamlNode Node(object? value) => value switch
    {
        null => new YamlScalarNode(""),
        string text => Text(text),
        bool truth => new YamlScalarNode(truth ? "true" : "false"),
        IDictionary map => Map(map),
        IEnumerable list => new YamlSequenceNode(list.Cast<object?>().Select(Node)),
        // Numbers reach the engine as doubles; a port is a whole number all the same.
        _ => new YamlScalarNode(Convert.ToString(value, CultureInfo.InvariantCulture)),
    };

    private static YamlMappingNode Map(IDictionary map)
    {
        var keys = map.Keys.Cast<string>()
            .Where(key => !key.StartsWith(PulumiAnnotation, StringComparison.Ordinal))
            .OrderBy(key => Array.IndexOf(First, key) is var index and >= 0 ? index : First.Length)
            .ThenBy(key => key, StringComparer.Ordinal);
        return new YamlMappingNode(keys.Select(key => KeyValuePair.Create((YamlNode)Text(key), Node(map[key]))));
    }

    // A text that reads as something else without quotes (a port in an AuthorizationPolicy, a label "true") gets them; so does any that
    // YAML might misread.
    private static YamlScalarNode Text(string text) => new(text)
    {
        Style = text.Contains('\n', StringComparison.Ordinal) ? ScalarStyle.Literal : IsPlain(text) ? ScalarStyle.Any
            : ScalarStyle.DoubleQuoted,
    };

    private static bool IsPlain(string text) =>
        text.Length > 0 && char.IsAsciiLetter(text[0])
            && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' or '/')
        && text.ToUpperInvariant() is not ("TRUE" or "FALSE" or "YES" or "NO" or "ON" or "OFF" or "NULL" or "Y" or "N");
}
