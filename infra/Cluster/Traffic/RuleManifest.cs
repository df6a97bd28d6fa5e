using Bookinfo.Cluster.Resources;
using Bookinfo.Mesh.Istio;
using Pulumi;

namespace Bookinfo.Cluster.Traffic;

/// <summary>A rule of Istio as a resource of the stack.</summary>
internal static class RuleManifest
{
    /// <summary>Registers a rule under its own name.</summary>
    /// <param name="context">Where to.</param>
    /// <param name="rule">The rule; its kind and name make the resource's name.</param>
    /// <param name="spec">Its fields, as <see cref="RuleWriter.Spec"/> gives them.</param>
    /// <param name="options">Parent, order, and what another owner writes.</param>
    public static Manifest Create(DeploymentContext context, Bookinfo.Mesh.Istio.Model.Resource rule, Dictionary<string, object> spec,
        CustomResourceOptions options)
    {
        var args = new ManifestArgs(WellKnown.Istio.NetworkingApi, rule.Kind) { Metadata = context.Meta(rule.Name, rule.Name) };
        foreach (var (field, value) in spec)
        {
            args.Spec.Add(field, value);
        }

        return new Manifest($"{rule.Name}-{rule.Kind}", args, options);
    }
}
