using YamlDotNet.RepresentationModel;

namespace Bookinfo.Tests.Istio.Conformance;

/// <summary>One case of Istio's own tests of validation: a resource, and whether istiod takes it.</summary>
/// <param name="Source">File and test function in <c>pkg/config/validation</c> of istio/istio.</param>
/// <param name="Name">The case's name there.</param>
/// <param name="Text">The resource as YAML; empty where the case is left out.</param>
/// <param name="IsValid">Whether istiod takes it.</param>
/// <param name="HasWarning">Whether istiod warns of it.</param>
/// <param name="Refused">Why the mesh refuses what istiod takes, or null.</param>
/// <param name="LeftOut">Why the case cannot be tried here at all, or null.</param>
public sealed record ConformanceCase(string Source, string Name, string Text, bool IsValid, bool HasWarning, string? Refused,
    string? LeftOut)
{
    public override string ToString() => $"{Source}: {Name}";

    /// <summary>All cases, file by file.</summary>
    public static IReadOnlyList<ConformanceCase> All { get; } =
        [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Conformance", "cases"), "*.yaml").Order(StringComparer.Ordinal)
            .SelectMany(Load)];

    private static IEnumerable<ConformanceCase> Load(string file)
    {
        var yaml = new YamlStream();
        using var reader = new StreamReader(file);
        yaml.Load(reader);
        var root = (YamlMappingNode)yaml.Documents[0].RootNode;
        return ((YamlSequenceNode)root["cases"]).Children.Cast<YamlMappingNode>().Select(each => Case(root, each));
    }

    private static ConformanceCase Case(YamlMappingNode file, YamlMappingNode item)
    {
        var leftOut = Scalar(item, "leftOut") ?? Scalar(file, "leftOut");
        return new ConformanceCase(
            Scalar(file, "source")!,
            Scalar(item, "name")!,
            leftOut is null ? Resource(file, item) : "",
            Scalar(item, "valid") == "true",
            Scalar(item, "warning") == "true",
            Scalar(item, "refused"),
            leftOut);
    }

    /// <summary>The file's resource with the case's rule in its place.</summary>
    private static string Resource(YamlMappingNode file, YamlMappingNode item)
    {
        var metadata = new YamlMappingNode { { "name", "some-name" } };
        foreach (var name in new[] { "namespace", "labels" })
        {
            if (Find(item, name) is { } value)
            {
                metadata.Add(name, value);
            }
        }

        var resource = new YamlMappingNode
        {
            { "apiVersion", "networking.istio.io/v1" },
            { "kind", Find(item, "kind") ?? file["kind"] },
            { "metadata", metadata },
            { "spec", Replaced(Find(item, "spec") ?? file["spec"], Expanded(item["rule"])) },
        };
        using var text = new StringWriter();
        new YamlStream(new YamlDocument(resource)).Save(text, assignAnchors: false);
        return text.ToString();
    }

    private static YamlNode Replaced(YamlNode template, YamlNode rule) => template switch
    {
        YamlScalarNode { Value: "RULE" } => rule,
        YamlMappingNode mapping =>
            new YamlMappingNode(mapping.Children.Select(each => KeyValuePair.Create(Replaced(each.Key, rule), Replaced(each.Value, rule)))),
        YamlSequenceNode list => new YamlSequenceNode(list.Children.Select(each => Replaced(each, rule))),
        _ => template,
    };

    /// <summary><c>REPEAT-1000</c> stands for a text of so many characters.</summary>
    private static YamlNode Expanded(YamlNode node) => node switch
    {
        YamlScalarNode { Value: { } value } when value.StartsWith("REPEAT-", StringComparison.Ordinal) =>
            new YamlScalarNode(new string('a', int.Parse(value[7..], null))),
        YamlMappingNode mapping =>
            new YamlMappingNode(mapping.Children.Select(each => KeyValuePair.Create(each.Key, Expanded(each.Value)))),
        YamlSequenceNode list => new YamlSequenceNode(list.Children.Select(Expanded)),
        _ => node,
    };

    private static string? Scalar(YamlMappingNode node, string name) => (Find(node, name) as YamlScalarNode)?.Value;

    private static YamlNode? Find(YamlMappingNode node, string name) => node.Children.TryGetValue(name, out var value) ? value : null;
}
