using System.Globalization;
using Bookinfo.Mesh.Istio;
using Bookinfo.Mesh.Istio.Model;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Bookinfo.Cluster.Traffic;

/// <summary>The specification of a rule as plain values, field by field, just as <see cref="RuleWriter"/> writes it.</summary>
internal static class RuleValues
{
    /// <summary>The fields under <c>spec</c>.</summary>
    public static Dictionary<string, object> Spec(VirtualService rule) => Spec(RuleSet.Empty with { VirtualServices = [rule] });

    /// <summary>The fields under <c>spec</c>.</summary>
    public static Dictionary<string, object> Spec(DestinationRule rule) => Spec(RuleSet.Empty with { DestinationRules = [rule] });

    /// <summary>The fields under <c>spec</c>.</summary>
    public static Dictionary<string, object> Spec(Gateway rule) => Spec(RuleSet.Empty with { Gateways = [rule] });

    /// <summary>The fields under <c>spec</c>.</summary>
    public static Dictionary<string, object> Spec(ServiceEntry rule) => Spec(RuleSet.Empty with { ServiceEntries = [rule] });

    private static Dictionary<string, object> Spec(RuleSet one)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(RuleWriter.Write(one)));
        return Map((YamlMappingNode)((YamlMappingNode)yaml.Documents[0].RootNode)["spec"]);
    }

    private static Dictionary<string, object> Map(YamlMappingNode map) =>
        map.ToDictionary(pair => ((YamlScalarNode)pair.Key).Value!, pair => Value(pair.Value));

    private static object Value(YamlNode node) => node switch
    {
        YamlMappingNode map => Map(map),
        YamlSequenceNode list => list.Select(Value).ToArray(),
        YamlScalarNode { Style: ScalarStyle.Plain, Value: { } text } => Plain(text),
        _ => ((YamlScalarNode)node).Value ?? "",
    };

    // What is not quoted is a number or a truth where it looks like one; Istio's own types are the API server's business.
    private static object Plain(string text) =>
        bool.TryParse(text, out var truth) ? truth
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? whole
        : double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
            out var number) ? number
        : text;
}
