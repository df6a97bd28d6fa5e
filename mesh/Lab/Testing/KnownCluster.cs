using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Problems;
using Bookinfo.Mesh.Lab.Errors;
using Bookinfo.Mesh.Lab.Model;
using Bookinfo.Mesh.Lab.Rules;
using Bookinfo.Mesh.Proxy;
using Bookinfo.Mesh.Proxy.Model;
using Bookinfo.Mesh.TrafficConsole.Rules;
using Bookinfo.Topology;

namespace Bookinfo.Mesh.Lab.Testing;

/// <summary>The sample's cluster as rules are asked about it without anything that runs.</summary>
/// <param name="namespace">The namespace of the sample's services, and of rules that name none.</param>
/// <param name="withBase">Whether the demo's base stands beneath the rules.</param>
/// <param name="recursive">Whether folders within folders are read too.</param>
/// <param name="channel">Which fields of the Gateway API there are.</param>
internal sealed class KnownCluster(
    string @namespace, bool withBase, bool recursive, GatewayApiChannel channel = GatewayApiChannel.Standard)
{
    /// <summary>The base; empty where it is left out.</summary>
    public RuleSet Base { get; } = withBase ? RulePlaces.Base(@namespace) : RuleSet.Empty;

    /// <summary>Reads rules, and what Kubernetes objects beside them tell of the cluster.</summary>
    /// <param name="paths">Files and folders.</param>
    /// <exception cref="UserErrorException">One of them cannot be read.</exception>
    public ClusterRules Read(IReadOnlyCollection<string> paths)
    {
        var topology = BookinfoSystem.Topology.In(@namespace);
        var sources = RulePlaces.Load(paths, recursive);
        var prepared = PreparedRules.Replacing(sources, Base,
            topology.ToKnownServices() with { IsComplete = false, GatewayApi = channel });
        var options = DryRun.Options(topology, DryRun.Services(prepared.Objects, [], @namespace));
        List<Problem> refused = [.. prepared.Problems.Where(problem => problem.IsRefusal)];
        return new ClusterRules(prepared.Rules, options, refused.Count > 0 ? refused : [.. MeshServer.Refusals(options, prepared.Rules)])
        {
            Files = [.. sources.Select(source => source.Name)],
            Objects = prepared.Objects,
            Warnings = [.. prepared.Problems.Where(problem => !problem.IsRefusal)],
        };
    }

    /// <summary>A cluster with the services of two.</summary>
    public static MeshOptions Join(ClusterRules one, ClusterRules other) =>
        one.Options with { Services = [.. one.Options.Services.Concat(other.Options.Services).Distinct()] };
}

/// <summary>Rules, and the cluster that they are for.</summary>
/// <param name="Rules">The rules. Not to be used where there are problems.</param>
/// <param name="Options">The cluster.</param>
/// <param name="Problems">Why they cannot be used.</param>
internal sealed record ClusterRules(RuleSet Rules, MeshOptions Options, IReadOnlyList<Problem> Problems)
{
    /// <summary>The files that were read.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>What else is to be said of the rules; none of it keeps them from being used.</summary>
    public IReadOnlyList<Problem> Warnings { get; init; } = [];

    /// <summary>Kubernetes objects beside the rules.</summary>
    public KubernetesObjects Objects { get; init; } = KubernetesObjects.Empty;

    /// <summary>Tells the problems; true where there are any.</summary>
    public bool Tell(TextWriter error)
    {
        foreach (var problem in Problems)
        {
            error.WriteLine(problem.ToLine());
        }

        return Problems.Count > 0;
    }
}
