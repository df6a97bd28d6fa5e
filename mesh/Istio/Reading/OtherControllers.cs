using Bookinfo.Mesh.Istio.GatewayApi;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Problems;
using Gateway = Bookinfo.Mesh.Istio.GatewayApi.Gateway;

namespace Bookinfo.Mesh.Istio.Reading;

/// <summary>
/// Gateways of the Gateway API that another controller serves, and the routes that are bound to no others. That the mesh does not support
/// a field is no fault of theirs: the mesh is not asked for it.
/// </summary>
internal static class OtherControllers
{
    /// <summary>Takes back what was said of fields that the mesh does not apply, where another controller does.</summary>
    /// <param name="rules">All that was read.</param>
    /// <param name="problems">What was said of it.</param>
    public static void Excuse(RuleSet rules, List<Problem> problems)
    {
        if (rules.GatewayApi.Count == 0 || problems.Count == 0)
        {
            return;
        }

        var classes = rules.GatewayApi.OfType<GatewayClass>().ToList();
        var gateways = rules.GatewayApi.OfType<Gateway>().Where(gateway =>
            gateway.GatewayClassName.Length > 0 && !GatewayClass.IsIstios(gateway.GatewayClassName, classes)).ToList();
        var names = gateways.Select(gateway => (gateway.Namespace, gateway.Name)).ToHashSet();
        var excused = gateways.Concat<Resource>(rules.GatewayApi.OfType<RouteResource>().Where(route => IsOnlyFor(route, names)))
            .Select(resource => (resource.Source.File, resource.Subject)).ToHashSet();
        problems.RemoveAll(problem => IsOfTheMesh(problem) && excused.Contains((problem.File, problem.Path.Split(' ')[0])));
    }

    /// <summary>What the mesh does not support, and what it does otherwise than a cluster.</summary>
    private static bool IsOfTheMesh(Problem problem) => problem.Type == MessageTypes.Unsupported
        || (problem.Severity == Severity.Note && problem.Path.Contains(" spec.listeners", StringComparison.Ordinal));

    private static bool IsOnlyFor(RouteResource route, HashSet<(string Namespace, string Name)> gateways) =>
        route.ParentRefs.Count > 0 && route.ParentRefs.All(parent => parent.Kind is null or nameof(Gateway)
            && gateways.Contains((parent.Namespace ?? route.Namespace, parent.Name)));
}
