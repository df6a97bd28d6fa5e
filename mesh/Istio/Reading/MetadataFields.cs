using System.Globalization;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Names;
using Bookinfo.Mesh.Istio.Problems;

namespace Bookinfo.Mesh.Istio.Reading;

/// <summary>The fields of Kubernetes' ObjectMeta. What the API server adds to a resource is taken and forgotten.</summary>
internal static class MetadataFields
{
    /// <summary>The metadata; with an empty name where there is none, which is said.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="namespaces">Which namespace it gets.</param>
    public static Metadata Read(ObjectReader resource, NamespaceChoice namespaces)
    {
        var metadata = resource.Object("metadata", "ObjectMeta", Metadata);
        if (!resource.Has("metadata"))
        {
            resource.Error("metadata", "metadata with a name is required", "write metadata: {name: ...}");
        }

        metadata ??= new Metadata { Name = "" };
        return metadata with { Namespace = namespaces.Of(metadata.Namespace) };
    }

    private static Metadata Metadata(ObjectReader metadata)
    {
        metadata.Skip("uid", "resourceVersion", "generation", "deletionTimestamp", "deletionGracePeriodSeconds");
        metadata.Skip("selfLink", "managedFields", "ownerReferences", "finalizers");
        var name = metadata.Text("name");
        if (string.IsNullOrEmpty(name))
        {
            if (!metadata.Has("name"))
            {
                metadata.Error("name", "a name is required");
            }
        }
        else if (!DnsNames.IsDnsSubdomain(name))
        {
            metadata.Error("name", $"{Messages.Quote(name)} is not a name for a resource",
                "use lower-case letters, digits, hyphens and dots, at most 253");
        }

        var space = metadata.Text("namespace") is { Length: > 0 } given ? given : null;
        if (space is not null && !DnsNames.IsDnsLabel(space))
        {
            metadata.Error("namespace", $"{Messages.Quote(space)} is not a name for a namespace",
                "use lower-case letters, digits and hyphens, at most 63");
        }

        return new Metadata
        {
            Name = name ?? "",
            Namespace = space,
            CreationTimestamp = Time(metadata, "creationTimestamp"),
            Labels = metadata.TextMap("labels"),
            Annotations = metadata.TextMap("annotations"),
        };
    }

    /// <summary>A time as the API server writes it (RFC 3339).</summary>
    private static DateTimeOffset? Time(ObjectReader metadata, string name)
    {
        if (metadata.Text(name) is not { Length: > 0 } text)
        {
            return null;
        }

        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            return time;
        }

        metadata.Error(name, $"{Messages.Quote(text)} is not a time", "write it as 2026-01-31T12:00:00Z, or leave it out");
        return null;
    }
}
