using Bookinfo.Mesh.Analysis.Assumptions;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Lab.Errors;
using Bookinfo.Mesh.Lab.Pods;
using Bookinfo.Mesh.Lab.Rules;
using Bookinfo.Mesh.Lab.Testing;
using Bookinfo.Mesh.Proxy.Explaining;
using Bookinfo.Mesh.TrafficConsole.Model;
using Bookinfo.Topology;

namespace Bookinfo.Mesh.Lab.Explaining;

/// <summary>
/// Explains a request by rules that are nowhere in force: on the sample's cluster, with the Services and workloads that stand beside the
/// rules, and with what the rules name beyond those.
/// </summary>
/// <param name="namespace">The namespace of the services, and of rules that name none.</param>
/// <param name="withBase">Whether the demo's base stands beneath the rules.</param>
/// <param name="recursive">Whether folders within folders are read too.</param>
/// <param name="channel">Which fields of the Gateway API there are.</param>
internal sealed class OfflineExplainer(string @namespace, bool withBase, bool recursive, GatewayApiChannel channel)
{
    /// <summary>Says where the request would go.</summary>
    /// <param name="request">The request.</param>
    /// <param name="paths">Files and folders of rules; none for the demo's own.</param>
    /// <param name="log">Where their problems are told, and what is taken to exist.</param>
    /// <exception cref="UserErrorException">The rules cannot be used, or no caller has that name.</exception>
    public string Explain(ExplainRequest request, IReadOnlyCollection<string> paths, TextWriter log)
    {
        var rules = new KnownCluster(@namespace, withBase, recursive, channel).Read(paths.Count > 0 ? paths : [RulePlaces.Default]);
        if (rules.Problems.Count > 0)
        {
            throw StartingRules.Refused(rules.Problems, log);
        }

        StartingRules.Tell(rules.Warnings, log);
        using var network = PodNetwork.Claim();
        var pods = LabPod.Plan(BookinfoSystem.Topology.In(@namespace), [], network).Select(pod => pod.Pod).ToList();
        var cluster = AssumedCluster.Complete(
            rules.Options with { Pods = [.. pods, .. DryRun.Pods(rules.Objects, pods)] }, rules.Rules);
        foreach (var note in cluster.Notes)
        {
            log.WriteLine(note);
        }

        var mesh = AssumedPods.Add(cluster, rules.Objects).Compile();
        return mesh.TryExplain(request, out var explanation, out var error) ? explanation.ToString()
            : throw new UserErrorException(error, ExitCodes.Usage);
    }
}
