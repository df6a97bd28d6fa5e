using System.Text.Json.Nodes;
using Bookinfo.Mesh.KubernetesApi.Resources;

namespace Bookinfo.Mesh.KubernetesApi.Discovery;

/// <summary>
/// What a client asks to find out which kinds there are, in the old form (one document for each version) and the new one (one for all,
/// <c>apidiscovery.k8s.io/v2</c>).
/// </summary>
/// <param name="catalog">The kinds.</param>
internal sealed class DiscoveryDocuments(ResourceCatalog catalog)
{
    /// <summary>The media type of the new form, as it is asked for in <c>Accept</c> and answered.</summary>
    public const string AggregatedType = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

    private static readonly string[] ReadVerbs = ["get", "list", "watch"];
    private static readonly string[] AllVerbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];

    /// <summary><c>/api</c> in the old form.</summary>
    /// <param name="address">Where the server is reached.</param>
    public static JsonObject CoreVersions(string address) => new()
    {
        ["kind"] = "APIVersions",
        ["versions"] = new JsonArray("v1"),
        ["serverAddressByClientCIDRs"] = new JsonArray(new JsonObject { ["clientCIDR"] = "0.0.0.0/0", ["serverAddress"] = address }),
    };

    /// <summary><c>/apis</c> in the old form.</summary>
    public JsonObject Groups() => new()
    {
        ["kind"] = "APIGroupList",
        ["apiVersion"] = "v1",
        ["groups"] = new JsonArray([.. catalog.Groups.Where(group => group.Group.Length > 0)
            .Select(group => Group(group.Group, group.Versions))]),
    };

    /// <summary><c>/apis/GROUP</c>; null where there is no such group.</summary>
    public JsonObject? Group(string name)
    {
        var versions = catalog.Groups.FirstOrDefault(group => group.Group == name).Versions;
        if (versions is null || name.Length == 0)
        {
            return null;
        }

        var group = Group(name, versions);
        (group["kind"], group["apiVersion"]) = ("APIGroup", "v1");
        return group;
    }

    /// <summary><c>/api/v1</c> and <c>/apis/GROUP/VERSION</c>; null where there is no such version.</summary>
    public JsonObject? Resources(string group, string version)
    {
        var definitions = catalog.In(group, version).ToList();
        return definitions.Count == 0 ? null : new JsonObject
        {
            ["kind"] = "APIResourceList",
            ["apiVersion"] = "v1",
            ["groupVersion"] = definitions[0].ToApiVersion(version),
            ["resources"] = new JsonArray([.. definitions.SelectMany(Resources)]),
        };
    }

    /// <summary><c>/api</c> and <c>/apis</c> in the new form.</summary>
    /// <param name="isCore">Whether for the core group, else for all others.</param>
    public JsonObject Aggregated(bool isCore) => new()
    {
        ["kind"] = "APIGroupDiscoveryList",
        ["apiVersion"] = "apidiscovery.k8s.io/v2",
        ["metadata"] = new JsonObject(),
        ["items"] = new JsonArray([.. catalog.Groups.Where(group => group.Group.Length == 0 == isCore).Select(group => new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = group.Group },
            ["versions"] = new JsonArray([.. group.Versions.Select(version => new JsonObject
            {
                ["version"] = version,
                ["freshness"] = "Current",
                ["resources"] = new JsonArray([.. catalog.In(group.Group, version).Select(definition => Aggregated(definition, version))]),
            })]),
        })]),
    };

    private static JsonObject Group(string name, IReadOnlyList<string> versions) => new()
    {
        ["name"] = name,
        ["versions"] = new JsonArray([.. versions.Select(version => GroupVersion(name, version))]),
        ["preferredVersion"] = GroupVersion(name, versions[0]),
    };

    private static JsonObject GroupVersion(string group, string version) =>
        new() { ["groupVersion"] = $"{group}/{version}", ["version"] = version };

    private static IEnumerable<JsonObject> Resources(ResourceDefinition definition)
    {
        yield return new JsonObject
        {
            ["name"] = definition.Plural,
            ["singularName"] = definition.Singular,
            ["namespaced"] = definition.IsNamespaced,
            ["kind"] = definition.Kind,
            ["verbs"] = Words(Verbs(definition)),
            ["shortNames"] = Words(definition.ShortNames),
            ["categories"] = Words(definition.Categories),
        };
        foreach (var subresource in definition.Subresources)
        {
            var resource = new JsonObject
            {
                ["name"] = $"{definition.Plural}/{subresource.Name}",
                ["singularName"] = "",
                ["namespaced"] = definition.IsNamespaced,
                ["kind"] = definition.Kind,
                ["verbs"] = Words(subresource.Verbs),
            };
            if (subresource.Kind is { } kind)
            {
                (resource["group"], resource["version"], resource["kind"]) = kind;
            }

            yield return resource;
        }
    }

    private static JsonObject Aggregated(ResourceDefinition definition, string version)
    {
        var resource = new JsonObject
        {
            ["resource"] = definition.Plural,
            ["responseKind"] = Kind(definition, version),
            ["scope"] = definition.IsNamespaced ? "Namespaced" : "Cluster",
            ["singularResource"] = definition.Singular,
            ["verbs"] = Words(Verbs(definition)),
            ["shortNames"] = Words(definition.ShortNames),
            ["categories"] = Words(definition.Categories),
        };
        var subresources = definition.Subresources.Select(subresource => new JsonObject
        {
            ["subresource"] = subresource.Name,
            ["responseKind"] = subresource.Kind is { } kind
                ? new JsonObject { ["group"] = kind.Group, ["version"] = kind.Version, ["kind"] = kind.Name }
                : Kind(definition, version),
            ["verbs"] = Words(subresource.Verbs),
        }).ToList();
        if (subresources.Count > 0)
        {
            resource["subresources"] = new JsonArray([.. subresources]);
        }

        return resource;
    }

    private static JsonObject Kind(ResourceDefinition definition, string version) =>
        new() { ["group"] = definition.Group, ["version"] = version, ["kind"] = definition.Kind };

    private static string[] Verbs(ResourceDefinition definition) => definition.IsReadOnly ? ReadVerbs : AllVerbs;

    private static JsonArray Words(IEnumerable<string> words) => [.. words.Select(word => JsonValue.Create(word))];
}
