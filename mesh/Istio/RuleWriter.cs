using System.Globalization;
using Bookinfo.Mesh.Istio.GatewayApi;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Writing;

namespace Bookinfo.Mesh.Istio;

/// <summary>Writes rules as YAML, or as the values that the YAML has.</summary>
public static class RuleWriter
{
    /// <summary>
    /// One document for each resource, of API version v1; Gateways first, then VirtualServices, DestinationRules, ServiceEntries, the
    /// Gateway API's resources in their order, and Ingresses. Reading it again gives an equal set. Deprecated fields come out as their
    /// successors. Empty for no rules.
    /// </summary>
    public static string Write(RuleSet rules) => Write(rules, []);

    /// <summary>The same, with the status of resources of the Gateway API, as <c>kubectl get -o yaml</c> shows it.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="statuses">The statuses; a resource without one is written without.</param>
    public static string Write(RuleSet rules, IReadOnlyList<GatewayApiStatus> statuses)
    {
        ArgumentNullException.ThrowIfNull(rules);
        var byResource = statuses.ToDictionary(status => Key(status.Resource));
        Resource[] resources = [.. rules.Gateways, .. rules.VirtualServices, .. rules.DestinationRules, .. rules.ServiceEntries,
            .. rules.GatewayApi, .. rules.Ingresses];
        return YamlText.Of([.. resources.Select(resource => Document(resource, byResource.GetValueOrDefault(Key(resource))))]);
    }

    /// <summary>One resource as a document of its own.</summary>
    public static string Write(Resource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return YamlText.Of([Document(resource, status: null)]);
    }

    /// <summary>Writes Services of Kubernetes, one document for each. Empty for none.</summary>
    public static string Write(IEnumerable<KubernetesService> services) => YamlText.Of([.. services.Select(ServiceText.Document)]);

    /// <summary>
    /// The fields under <c>spec</c>, in the order of <see cref="Write(RuleSet)"/>. A value is a <see cref="string"/>, a <see
    /// cref="bool"/>, a number (an <see cref="int"/> where it is whole and fits), an array of objects, or again such a dictionary.
    /// </summary>
    public static Dictionary<string, object> Spec(Resource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        var writer = new ObjectWriter();
        return writer.Fields(() => WriteSpec(writer, resource));
    }

    private static void WriteSpec(ObjectWriter writer, Resource resource)
    {
        switch (resource)
        {
            case VirtualService service:
                new VirtualServiceText(writer).Write(service);
                break;
            case DestinationRule rule:
                new DestinationRuleText(writer).Write(rule);
                break;
            case Model.Gateway gateway:
                new GatewayText(writer).Write(gateway);
                break;
            case ServiceEntry entry:
                new GatewayText(writer).Write(entry);
                break;
            case GatewayApiResource ofGatewayApi:
                new GatewayApiText(writer).Write(ofGatewayApi);
                break;
            case IngressResource ingress:
                new IngressText(writer).Write(ingress);
                break;
            default:
                throw new ArgumentException($"There is no way to write a {resource.Kind}.", nameof(resource));
        }
    }

    /// <summary>Only the Gateway API's resources have a status, so Istio's Gateway of the same name has none.</summary>
    private static (bool, string, string, string) Key(Resource resource) =>
        (resource is GatewayApiResource, resource.Kind, resource.Namespace, resource.Name);

    private static Dictionary<string, object> Document(Resource resource, GatewayApiStatus? status)
    {
        var writer = new ObjectWriter();
        return writer.Fields(() =>
        {
            writer.Text("apiVersion", resource switch
            {
                GatewayApiResource => GatewayApiResource.ApiVersion,
                IngressResource => IngressResource.ApiVersion,
                _ => Resource.ApiVersion,
            });
            writer.Text("kind", resource.Kind);
            writer.Object("metadata", resource.Metadata, metadata =>
            {
                writer.Text("name", metadata.Name);
                writer.Text("namespace", metadata.Namespace);
                writer.Text("creationTimestamp",
                    metadata.CreationTimestamp?.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
                writer.Texts("labels", metadata.Labels);
                writer.Texts("annotations", metadata.Annotations);
            });
            writer.Object("spec", resource, spec => WriteSpec(writer, spec));
            writer.Object("status", status, new StatusText(writer).Write);
        });
    }
}
