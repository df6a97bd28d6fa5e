using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Problems;

namespace Bookinfo.Mesh.Istio.Analysis;

/// <summary>
/// Delegates that are not there, or that are not delegates (<c>pilot/pkg/model/virtualservice.go: mergeVirtualServicesIfNeeded</c>).
/// </summary>
internal static class DelegateAnalysis
{
    public static IEnumerable<Problem> Analyze(AnalysisScope scope, IReadOnlyList<ServiceFindings> all)
    {
        if (!all.Any(each => each.Delegates))
        {
            yield break;
        }

        var services = scope.Rules.VirtualServices.GroupBy(service => (service.Namespace, service.Name))
            .ToDictionary(group => group.Key, group => group.First());
        var used = new HashSet<VirtualService>(ReferenceEqualityComparer.Instance);
        foreach (var service in scope.Rules.VirtualServices)
        {
            for (var i = 0; i < service.Http.Count; i++)
            {
                if (service.Http[i].Delegate is not { } reference)
                {
                    continue;
                }

                var path = $"spec.http[{i}].delegate";
                if (!services.TryGetValue((reference.Namespace ?? service.Namespace, reference.Name), out var target))
                {
                    var near = Messages.Nearest(reference.Name,
                        scope.Rules.VirtualServices.Where(each => each.Hosts.Count == 0).Select(each => each.Name));
                    var isCertain = scope.Known.IsComplete || near is not null;
                    yield return service.Problem(
                        isCertain ? MessageTypes.NoEffect : MessageTypes.NothingKnown,
                        $"{path}.name",
                        isCertain ? $"there is no VirtualService {reference.Name} to delegate to: the route does nothing"
                            : $"nothing is known of the VirtualService {reference.Name}",
                        near is null ? null : $"did you mean {near}?");
                }
                else if (target.Hosts.Count > 0)
                {
                    yield return service.Problem(
                        MessageTypes.NoEffect, $"{path}.name",
                            $"{target.Subject} has hosts and so is not a delegate: the route does nothing",
                                "take the hosts out of it, or make another VirtualService");
                }
                else
                {
                    used.Add(target);
                }
            }
        }

        foreach (var service in scope.Rules.VirtualServices.Where(service => service.Hosts.Count == 0 && !used.Contains(service)))
        {
            yield return service.Problem(scope.Known.IsComplete ? MessageTypes.NoEffect : MessageTypes.Hint, "spec",
                "it has no hosts and no other delegates to it: it does nothing", "add hosts, or a route with delegate");
        }
    }
}
