using System.Globalization;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Writing;

namespace Bookinfo.Mesh.Istio;

/// <summary>Writes rules as YAML.</summary>
public static class RuleWriter
{
    /// <summary>
    /// One document for each resource, of API version v1; Gateways first, then VirtualServices, DestinationRules and ServiceEntries.
    /// Reading it again gives an equal set. Deprecated fields come out as their successors. Empty for no rules.
    /// </summary>
    public static string Write(RuleSet rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        var yaml = new YamlWriter();
        var gateways = new GatewayText(yaml);
        WriteAll(yaml, rules.Gateways, gateways.Write);
        WriteAll(yaml, rules.VirtualServices, new VirtualServiceText(yaml).Write);
        WriteAll(yaml, rules.DestinationRules, new DestinationRuleText(yaml).Write);
        WriteAll(yaml, rules.ServiceEntries, gateways.Write);
        return yaml.ToString();
    }

    private static void WriteAll<T>(YamlWriter yaml, IReadOnlyList<T> resources, Action<T> spec)
        where T : Resource
    {
        foreach (var resource in resources)
        {
            yaml.Document(document =>
            {
                document.Plain("apiVersion", Resource.ApiVersion);
                document.Plain("kind", resource.Kind);
                document.Object("metadata", resource.Metadata, metadata =>
                {
                    document.Text("name", metadata.Name);
                    document.Text("namespace", metadata.Namespace);
                    document.Text("creationTimestamp",
                        metadata.CreationTimestamp?.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
                    document.Texts("labels", metadata.Labels);
                    document.Texts("annotations", metadata.Annotations);
                });
                document.Object("spec", resource, spec);
            });
        }
    }
}
