using System.Globalization;
using Bookinfo.Mesh.Istio.Analysis;
using Bookinfo.Mesh.Istio.Ingresses;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Problems;

namespace Bookinfo.Mesh.GatewayApi.Ingresses;

/// <summary>
/// Says with file, line and column which parts of an Ingress Istio leaves aside, which do something else here, and which name what does
/// not exist. istiod writes most of it to its log only.
/// </summary>
public static class IngressResourceAnalysis
{
    /// <summary>What is to be said about the Ingresses among all the rules.</summary>
    /// <param name="rules">All the rules.</param>
    /// <param name="known">What runs.</param>
    public static IReadOnlyList<Problem> Analyze(RuleSet rules, KnownServices known)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(known);
        if (rules.Ingresses.Count == 0)
        {
            return [];
        }

        var classes = new IngressClasses([.. rules.Ingresses.OfType<IngressClass>()]);
        var facts = ClusterFacts.Of(known);
        return [.. rules.Ingresses.OfType<Ingress>().SelectMany(ingress => Analyze(ingress, classes, facts, known))];
    }

    private static IEnumerable<Problem> Analyze(Ingress ingress, IngressClasses classes, ClusterFacts facts, KnownServices known) =>
        !classes.IsIstios(ingress) ? [NotIstios(ingress, classes)]
            : ClassProblems(ingress, classes).Concat(Fields(ingress)).Concat(Backends(ingress, facts, known));

    /// <summary>Another controller's class is meant as it is; one that is a letter away from Istio's is a slip.</summary>
    private static Problem NotIstios(Ingress ingress, IngressClasses classes)
    {
        var name = classes.NameOf(ingress) ?? "";
        return Messages.IsTypo(name, IngressClasses.Istio)
            ? ingress.Problem(MessageTypes.NoEffect, ClassPath(ingress),
                $"the class {name} is not Istio's: the mesh leaves this Ingress aside", $"did you mean {IngressClasses.Istio}?")
            : ingress.Problem(MessageTypes.Hint, ClassPath(ingress),
                $"the class {name} is not Istio's: the mesh leaves this Ingress to its own controller",
                "write ingressClassName: istio if Istio should serve it");
    }

    private static IEnumerable<Problem> ClassProblems(Ingress ingress, IngressClasses classes)
    {
        if (ingress.IngressClassName is { } name && name != IngressClasses.Istio && classes.Find(ingress) is null)
        {
            yield return ingress.Problem(MessageTypes.Hint, "spec.ingressClassName",
                $"no IngressClass {name} is among the rules, so Istio serves this Ingress; where a controller has made that class, it is "
                + "that controller's");
        }
    }

    private static IEnumerable<Problem> Fields(Ingress ingress)
    {
        foreach (var annotation in ForeignAnnotations.Of(ingress))
        {
            yield return ingress.Problem(MessageTypes.NoEffect, $"metadata.annotations[\"{annotation}\"]",
                $"Istio does not read the annotation {annotation}: it does nothing",
                "write the rule as a VirtualService or an HTTPRoute");
        }

        if (ingress.DefaultBackend is not null)
        {
            yield return ingress.Problem(MessageTypes.NoEffect, "spec.defaultBackend",
                "Istio does not apply a defaultBackend: requests that no path takes get 404",
                "add a rule without a host for the path / with pathType Prefix");
        }

        for (var i = 0; i < ingress.Tls.Count; i++)
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"spec.tls[{i}]");
            yield return ingress.Tls[i].SecretName is null
                ? ingress.Problem(MessageTypes.NoEffect, path, "Istio leaves an entry of tls without a secretName aside",
                    "name the Secret with the certificate")
                : ingress.Problem(MessageTypes.Hint, path,
                    "the mesh serves these hosts by HTTP only; on a cluster Istio serves them by HTTPS on port 443 as well");
        }

        for (var i = 0; i < ingress.Rules.Count; i++)
        {
            if (ingress.Rules[i].Paths.Count == 0)
            {
                yield return ingress.Problem(MessageTypes.NoEffect, string.Create(CultureInfo.InvariantCulture, $"spec.rules[{i}]"),
                    "Istio leaves a rule without paths aside", "write http: {paths: [...]}");
            }
        }
    }

    private static IEnumerable<Problem> Backends(Ingress ingress, ClusterFacts facts, KnownServices known)
    {
        var paths = new IngressPaths(facts);
        for (var i = 0; i < ingress.Rules.Count; i++)
        {
            for (var p = 0; p < ingress.Rules[i].Paths.Count; p++)
            {
                var backend = ingress.Rules[i].Paths[p].Backend;
                if (FindError(backend, ingress, paths, facts, known) is var (type, field, message, suggestion))
                {
                    yield return ingress.Problem(type, $"{IngressPaths.Place(i, p)}.backend{field}", message, suggestion);
                }
            }
        }
    }

    private static (MessageType Type, string Field, string Message, string? Suggestion)? FindError(
        IngressBackend backend, Ingress ingress, IngressPaths paths, ClusterFacts facts, KnownServices known)
    {
        if (backend.Service is not { } service)
        {
            return backend.Resource is null ? null
                : (MessageTypes.NoEffect, ".resource", "Istio routes to Services only and leaves the path aside", "name a service");
        }

        var full = $"{service.Name}.{ingress.Namespace}";
        if (!facts.Services.Contains((ingress.Namespace, service.Name)))
        {
            var near = Messages.Nearest(service.Name,
                facts.Services.Where(each => each.Namespace == ingress.Namespace).Select(each => each.Name));
            return known.IsComplete || near is not null
                ? (MessageTypes.ReferencedResourceNotFound, ".service.name", $"there is no Service {full}; the requests get 503",
                    near is null ? null : $"did you mean {near}?")
                : (MessageTypes.NothingKnown, ".service.name", $"nothing is known of the Service {full}", null);
        }

        var ports = PortsOf(service.Name, ingress.Namespace, known);
        if (service.PortName is { } name && paths.PortOf(backend, ingress.Namespace) is null)
        {
            return (MessageTypes.NoEffect, ".service.port.name", $"the Service {full} has no port {name}; Istio leaves the path aside",
                facts.PortNames.TryGetValue((ingress.Namespace, service.Name), out var names) ? $"write name: {names.Keys.First()}"
                    : "write the port's number");
        }

        return service.PortNumber is { } number && ports.Count > 0 && !ports.Contains(number)
            ? (MessageTypes.ReferencedResourceNotFound, ".service.port.number",
                string.Create(CultureInfo.InvariantCulture, $"the Service {full} has no port {number}; the requests get 503"),
                string.Create(CultureInfo.InvariantCulture, $"write number: {ports.First()}"))
            : null;
    }

    /// <summary>The ports of a Service, as far as they are known.</summary>
    private static IReadOnlyCollection<int> PortsOf(string service, string @namespace, KnownServices known) =>
        known.Objects.Services.LastOrDefault(each => each.Name == service && each.Namespace == @namespace) is { } stated
            ? [.. stated.Ports.Select(port => port.Port)]
            : @namespace == known.Namespace && known.PortNames.TryGetValue(service, out var named) ? [.. named.Values] : [];

    private static string ClassPath(Ingress ingress) => ingress.Metadata.Annotations.ContainsKey(Ingress.ClassAnnotation)
        ? $"metadata.annotations[\"{Ingress.ClassAnnotation}\"]"
        : "spec.ingressClassName";
}
