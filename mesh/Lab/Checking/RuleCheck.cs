using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Problems;
using Bookinfo.Mesh.Lab.Errors;
using Bookinfo.Mesh.Lab.Model;
using Bookinfo.Mesh.Lab.Rules;
using Bookinfo.Mesh.TrafficConsole.Rules;
using Bookinfo.Topology;

namespace Bookinfo.Mesh.Lab.Checking;

/// <summary>Reads rules and says what is wrong with them, without starting anything.</summary>
internal static class RuleCheck
{
    /// <summary>Checks.</summary>
    /// <exception cref="UserErrorException">A file cannot be read.</exception>
    public static CheckResult Run(CheckRequest request)
    {
        var topology = BookinfoSystem.Topology.In(request.Namespace);
        var sample = topology.ToKnownServices();
        var known = sample with
        {
            Hosts = [.. sample.Hosts, .. request.Hosts],
            Gateways = request.Gateways,
            GatewayApi = request.GatewayApi,
            IsComplete = false,
        };
        var sources = RulePlaces.Load(request.Paths, request.Recursive);
        var below = request.WithBase ? RulePlaces.Base(request.Namespace) : RuleSet.Empty;
        var prepared = PreparedRules.Replacing(sources, below, known);
        var unsupported = DryRun.FindUnsupported(Sound(prepared), topology,
            DryRun.Services(prepared.Objects, request.Hosts, request.Namespace));
        var order = sources.Select((source, i) => (source.Name, Index: i)).DistinctBy(each => each.Name)
            .ToDictionary(each => each.Name, each => each.Index);
        return new CheckResult(
            order.Count,
            prepared.Beneath.Count > 0,
            [
                .. unsupported.Concat(prepared.Problems)
                    .Select(problem => problem.Type == MessageTypes.NoRules && prepared.Problems.Count > 1 ? AsNote(problem) : problem)
                    .OrderBy(problem => order.GetValueOrDefault(problem.File, int.MaxValue))
                    .ThenBy(problem => problem.Line)
                    .ThenBy(problem => problem.Column),
            ]);
    }

    /// <summary>A folder of other resources is no mistake.</summary>
    private static Problem AsNote(Problem problem) => problem with { Severity = Severity.Note };

    /// <summary>The rules without an error of their own.</summary>
    private static RuleSet Sound(PreparedRules prepared)
    {
        var unsound = prepared.Problems.Where(problem => problem.IsRefusal).Select(problem => (problem.File, problem.Path.Split(' ')[0]))
            .ToHashSet();
        return new RuleSet(
            [.. prepared.Rules.VirtualServices.Where(IsSound)],
            [.. prepared.Rules.DestinationRules.Where(IsSound)],
            [.. prepared.Rules.Gateways.Where(IsSound)],
            [.. prepared.Rules.ServiceEntries.Where(IsSound)])
        {
            GatewayApi = [.. prepared.Rules.GatewayApi.Where(IsSound)],
            Ingresses = [.. prepared.Rules.Ingresses.Where(IsSound)],
        };

        bool IsSound(Resource resource) => !unsound.Contains((resource.Source.File, resource.Subject));
    }
}
