using Bookinfo.Mesh.KubernetesApi.Objects;
using Bookinfo.Mesh.KubernetesApi.Resources;

namespace Bookinfo.Mesh.KubernetesApi.Requests;

/// <summary>What a path names: a kind in a version, a namespace, an object, something the object has beside itself.</summary>
/// <param name="Resource">The kind.</param>
/// <param name="Version">The version in the path.</param>
/// <param name="Namespace">The namespace; null for all, and for a kind outside of namespaces.</param>
/// <param name="Name">The object; null for all.</param>
/// <param name="Subresource">For example <c>log</c>; null for the object itself.</param>
internal sealed record ResourceTarget(ResourceDefinition Resource, string Version, string? Namespace, string? Name, string? Subresource)
{
    /// <summary>
    /// Reads <c>/api/VERSION/...</c> or <c>/apis/GROUP/VERSION/...</c> with <c>namespaces/NAMESPACE/</c> or without, then the resource, a
    /// name and a subresource (<c>k8s.io/apiserver/pkg/endpoints/request/requestinfo.go</c>).
    /// </summary>
    /// <param name="path">The path.</param>
    /// <param name="catalog">The kinds there are.</param>
    /// <exception cref="ApiException">404: it names nothing that is here.</exception>
    public static ResourceTarget Parse(string path, ResourceCatalog catalog)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var isCore = parts.Length > 0 && parts[0] == "api";
        var head = isCore ? 2 : 3;
        if (parts.Length <= head)
        {
            throw ApiException.NoSuchPath();
        }

        var (group, version) = isCore ? ("", parts[1]) : (parts[1], parts[2]);
        var rest = parts[head..];
        string? space = null;
        if (rest is ["namespaces", _, _, ..] && catalog.Find(group, version, rest[2]) is not null)
        {
            (space, rest) = (rest[1], rest[2..]);
        }

        return rest.Length <= 3 && catalog.Find(group, version, rest[0]) is { } resource && (space is null || resource.IsNamespaced)
            ? new ResourceTarget(resource, version, space, rest.ElementAtOrDefault(1), rest.ElementAtOrDefault(2))
            : throw ApiException.NoSuchPath();
    }
}
