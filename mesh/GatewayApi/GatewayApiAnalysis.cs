using System.Globalization;
using Bookinfo.Mesh.GatewayApi.Parents;
using Bookinfo.Mesh.Istio.Analysis;
using Bookinfo.Mesh.Istio.GatewayApi;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Problems;
using Gateway = Bookinfo.Mesh.Istio.GatewayApi.Gateway;

namespace Bookinfo.Mesh.GatewayApi;

/// <summary>
/// Says with file, line and column what the status of resources of the Gateway API would say on a cluster, and beyond that which of them
/// do nothing. None of it is a refusal: the API server takes such resources.
/// </summary>
public static class GatewayApiAnalysis
{
    /// <summary>What is to be said about the Gateway API's resources among all the rules.</summary>
    /// <param name="rules">All the rules.</param>
    /// <param name="known">What runs.</param>
    public static IReadOnlyList<Problem> Analyze(RuleSet rules, KnownServices known)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(known);
        if (rules.GatewayApi.Count == 0)
        {
            return [];
        }

        var statuses = GatewayApiTranslator.Translate(rules, ClusterFacts.Of(known)).Statuses;
        var classes = rules.GatewayApi.OfType<GatewayClass>().ToList();
        var served = new GatewayClasses(classes);
        return
        [
            .. statuses.SelectMany(status => Conditions(status, known)),
            .. statuses.Where(status => status.Resource is RouteResource).SelectMany(status => MissingParents(status, rules, known)),
            .. rules.GatewayApi.OfType<RouteResource>().SelectMany(LinkerdAnnotations),
            .. rules.GatewayApi.OfType<Gateway>().Where(gateway => !served.IsIstios(gateway.GatewayClassName))
                .Select(gateway => OtherClass(gateway, classes)),
        ];
    }

    /// <summary>Another controller's class is meant as it is; one that is a letter away from Istio's is a slip.</summary>
    private static Problem OtherClass(Gateway gateway, IReadOnlyCollection<GatewayClass> classes)
    {
        var (name, path) = (gateway.GatewayClassName, "spec.gatewayClassName");
        return GatewayClass.IsIstios(name, classes)
            ? gateway.Problem(MessageTypes.NoEffect, path,
                $"Gateways of the class {name} do nothing here: the mesh has no waypoints and no other clusters",
                "write gatewayClassName: istio")
            : Messages.IsTypo(name, GatewayClasses.BuiltIn)
                ? gateway.Problem(MessageTypes.NoEffect, path, $"the class {name} is not Istio's: the mesh leaves this Gateway aside",
                    $"did you mean {GatewayClasses.BuiltIn}?")
                : gateway.Problem(MessageTypes.Hint, path,
                    $"the class {name} is not Istio's: the mesh leaves this Gateway to its own controller",
                    "write gatewayClassName: istio if Istio should serve it");
    }

    private static IEnumerable<Problem> Conditions(GatewayApiStatus status, KnownServices known)
    {
        foreach (var condition in status.Conditions.Where(condition => !condition.IsGood).Take(1))
        {
            yield return Problem(status, condition, "spec", known);
        }

        for (var i = 0; i < status.Listeners.Count; i++)
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"spec.listeners[{i}]");
            foreach (var condition in status.Listeners[i].Conditions.Where(condition => !condition.IsGood).Take(1))
            {
                yield return Problem(status, condition, path, known);
            }
        }

        var said = new HashSet<(string Reason, string? Path)>();
        foreach (var parent in status.Parents)
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"spec.parentRefs[{parent.Index}]");
            foreach (var condition in parent.Conditions.Where(condition => !condition.IsGood))
            {
                if (said.Add((condition.Reason, condition.Path ?? path)))
                {
                    yield return Problem(status, condition, path, known);
                }
            }
        }
    }

    /// <summary>What does not exist here may exist on a cluster that is not known.</summary>
    private static Problem Problem(GatewayApiStatus status, Condition condition, string path, KnownServices known)
    {
        var isMissing = condition.Reason == "BackendNotFound" || condition.Message.StartsWith("parent service", StringComparison.Ordinal);
        var type = isMissing && !known.IsComplete ? MessageTypes.NothingKnown
            : isMissing ? MessageTypes.ReferencedResourceNotFound
            : condition.Type == Condition.ResolvedRefs ? MessageTypes.RequestsFail : MessageTypes.NoEffect;
        var effect = condition.Type == Condition.ResolvedRefs && status.Resource is RouteResource ? "; its requests get 500" : "";
        return status.Resource.Problem(type, condition.Path ?? path,
            $"{condition.Message}{effect} ({condition.Type}: {(condition.Status ? "True" : "False")}, {condition.Reason})");
    }

    /// <summary>By these Linkerd is told of retries and timeouts.</summary>
    private static IEnumerable<Problem> LinkerdAnnotations(RouteResource route) =>
        route.Metadata.Annotations.Keys.Where(name => name.Split('/')[0].EndsWith(".linkerd.io", StringComparison.Ordinal))
            .Select(name => route.Problem(MessageTypes.NoEffect, $"metadata.annotations[\"{name}\"]",
                $"the mesh does not read Linkerd's annotation {name}: it does nothing", "write timeouts: or retry: in the rules"));

    /// <summary>A parent that does not exist has no status; the route then does nothing.</summary>
    private static IEnumerable<Problem> MissingParents(GatewayApiStatus status, RuleSet rules, KnownServices known)
    {
        var route = (RouteResource)status.Resource;
        if (route.ParentRefs.Count == 0)
        {
            yield return route.Problem(MessageTypes.NoEffect, "spec", "the route names no parent and does nothing",
                "write parentRefs: [{name: ...}] for a Gateway, or with group: \"\" and kind: Service for calls inside the mesh");
        }

        for (var i = 0; i < route.ParentRefs.Count; i++)
        {
            var parent = route.ParentRefs[i];
            if (ParentKey.Of(parent, route.Namespace) is null)
            {
                yield return route.Problem(MessageTypes.NoEffect, string.Create(CultureInfo.InvariantCulture, $"spec.parentRefs[{i}]"),
                    $"the mesh has no parents of kind {parent.Kind ?? "Gateway"} of {parent.Group ?? GatewayApiResource.Group}: the route "
                    + "does nothing there", "name a Gateway, or a Service with group: \"\"");
                continue;
            }

            if (status.Parents.Any(each => each.Index == i)
                || ParentKey.Of(parent, route.Namespace) is not { Kind: ParentKind.Gateway or ParentKind.ListenerSet } key
                || rules.GatewayApi.Any(each => each is Gateway or ListenerSet
                    && (each.Kind, each.Namespace, each.Name) == (key.Kind.ToString(), key.Namespace, key.Name)))
            {
                continue;
            }

            yield return route.Problem(known.IsComplete ? MessageTypes.ReferencedResourceNotFound : MessageTypes.NothingKnown,
                string.Create(CultureInfo.InvariantCulture, $"spec.parentRefs[{i}].name"),
                $"there is no {key.Kind} {key.Namespace}/{key.Name}: the route does nothing there",
                "name a Gateway that exists, or add one");
        }
    }
}
