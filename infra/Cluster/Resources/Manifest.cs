using System.Collections.Immutable;
using Pulumi;
using Pulumi.Kubernetes.ApiExtensions;

namespace Bookinfo.Cluster.Resources;

/// <summary>A resource of a kind that Kubernetes itself does not have: Istio's, the Gateway API's, Argo's.</summary>
internal sealed class Manifest(string name, ManifestArgs args, Pulumi.CustomResourceOptions options)
    : Pulumi.Kubernetes.ApiExtensions.CustomResource(name, args, options)
{
    /// <summary>What its controller says of it, or null.</summary>
    [Output("status")]
    public Output<ImmutableDictionary<string, object?>?> Status { get; private set; } = null!;
}

/// <summary>API version, kind and specification.</summary>
internal sealed class ManifestArgs(string apiVersion, string kind) : CustomResourceArgs(apiVersion, kind)
{
    private InputMap<object>? _spec;

    /// <summary>The specification, field by field.</summary>
    [Input("spec")]
    public InputMap<object> Spec
    {
        get => _spec ??= [];
        set => _spec = value;
    }
}
