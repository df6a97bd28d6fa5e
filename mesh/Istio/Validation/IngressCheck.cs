using System.Net;
using System.Text.RegularExpressions;
using Bookinfo.Mesh.Istio.Ingresses;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Names;
using Bookinfo.Mesh.Istio.Problems;

namespace Bookinfo.Mesh.Istio.Validation;

/// <summary>
/// Checks an Ingress as the API server does (<c>pkg/apis/networking/validation/validation.go</c> of kubernetes/kubernetes:
/// <c>ValidateIngressCreate</c>).
/// </summary>
internal static partial class IngressCheck
{
    private static readonly string[] ForbiddenParts = ["//", "/./", "/../", "%2f", "%2F"];

    private static readonly string[] ForbiddenEnds = ["/..", "/."];

    public static void Check(Ingress ingress, Findings findings)
    {
        var spec = Findings.Spec;
        if (ingress.Rules.Count == 0 && ingress.DefaultBackend is null)
        {
            findings.Error(spec, "an Ingress has rules or a defaultBackend", "write rules: [{host: ..., http: {paths: [...]}}]");
        }

        if (ingress.IngressClassName is { } name)
        {
            if (!DnsNames.IsDnsSubdomain(name))
            {
                findings.Error(spec.Field("ingressClassName"), $"{Messages.Quote(name)} is not the name of an IngressClass",
                    "use lower-case letters, digits, hyphens and dots");
            }

            if (ingress.Metadata.Annotations.ContainsKey(Ingress.ClassAnnotation))
            {
                findings.Error(spec.Field("ingressClassName"),
                    $"the class is named here and by the annotation {Ingress.ClassAnnotation}", "remove the annotation");
            }
        }

        Backend(spec.Field("defaultBackend"), ingress.DefaultBackend, findings);
        for (var i = 0; i < ingress.Tls.Count; i++)
        {
            for (var h = 0; h < ingress.Tls[i].Hosts.Count; h++)
            {
                ReferenceCheck.Hostname(spec.Field("tls").Item(i).Field("hosts").Item(h), ingress.Tls[i].Hosts[h],
                    isWildcardAllowed: true, findings);
            }
        }

        for (var i = 0; i < ingress.Rules.Count; i++)
        {
            Rule(spec.Field("rules").Item(i), ingress.Rules[i], findings);
        }
    }

    private static void Rule(RulePath path, IngressRule rule, Findings findings)
    {
        if (rule.Host is not null && IPAddress.TryParse(rule.Host, out _))
        {
            findings.Error(path.Field("host"), $"{Messages.Quote(rule.Host)} is an address; a DNS name is wanted",
                "leave host out for every host and address");
        }
        else
        {
            ReferenceCheck.Hostname(path.Field("host"), rule.Host, isWildcardAllowed: true, findings);
        }

        for (var i = 0; i < rule.Paths.Count; i++)
        {
            var at = path.Field("http").Field("paths").Item(i);
            Path(at, rule.Paths[i], findings);
            Backend(at.Field("backend"), rule.Paths[i].Backend, findings);
        }
    }

    private static void Path(RulePath at, HttpIngressPath path, Findings findings)
    {
        var text = path.Path ?? "";
        if (path.PathType is null)
        {
            findings.Error(at.Field("pathType"), "a pathType is required", "write pathType: Prefix, Exact or ImplementationSpecific");
        }

        if (!text.StartsWith('/') && (text.Length > 0 || path.PathType is IngressPathType.Exact or IngressPathType.Prefix))
        {
            findings.Error(at.Field("path"), text.Length == 0 ? "a path is required" : $"{Messages.Quote(text)} is not an absolute path",
                $"write path: /{text}");
        }
        else if (path.PathType is IngressPathType.Exact or IngressPathType.Prefix)
        {
            var part = Array.Find(ForbiddenParts, forbidden => text.Contains(forbidden, StringComparison.Ordinal))
                ?? Array.Find(ForbiddenEnds, forbidden => text.EndsWith(forbidden, StringComparison.Ordinal));
            if (part is not null)
            {
                findings.Error(at.Field("path"), $"a path must not have {Messages.Quote(part)} in it", "write the path in its plain form");
            }
            else if (text.Contains('*', StringComparison.Ordinal))
            {
                findings.Note(at.Field("path"), $"* is an ordinary character in a path of type {path.PathType}",
                    path.PathType == IngressPathType.Prefix ? "a Prefix takes what follows without it" : null);
            }
        }
    }

    private static void Backend(RulePath path, IngressBackend? backend, Findings findings)
    {
        switch (backend)
        {
            case null:
                break;
            case { Service: null, Resource: null }:
                findings.Error(path, "a backend names a service", "write service: {name: ..., port: {number: 80}}");
                break;
            case { Service: not null, Resource: not null }:
                findings.Error(path, "a backend names a service or a resource, and not both", "remove one of the two");
                break;
            case { Service: { } service }:
                Service(path.Field("service"), service, findings);
                break;
        }
    }

    private static void Service(RulePath path, IngressServiceBackend service, Findings findings)
    {
        if (!ServiceName().IsMatch(service.Name))
        {
            findings.Error(path.Field("name"), $"{Messages.Quote(service.Name)} is not the name of a Service",
                service.Name.Contains('.', StringComparison.Ordinal)
                    ? $"write name: {service.Name.Split('.')[0]}; an Ingress routes to Services of its own namespace"
                    : "use lower-case letters, digits and hyphens, beginning with a letter");
        }

        var port = path.Field("port");
        if (service.PortName is null == service.PortNumber is null)
        {
            findings.Error(port, service.PortName is null ? "a port is required" : "a port is named by its number or its name, not by both",
                "write port: {number: 80} or port: {name: http}");
        }

        CommonCheck.Port(port.Field("number"), service.PortNumber, findings);
        if (service.PortName is { } name && (!DnsNames.IsDnsLabel(name) || name.Length > 15 || !name.Any(char.IsAsciiLetter)))
        {
            findings.Error(port.Field("name"), $"{Messages.Quote(name)} is not the name of a port",
                "use up to 15 lower-case letters, digits and hyphens");
        }
    }

    /// <summary>A label of RFC 1035.</summary>
    [GeneratedRegex(@"^[a-z]([-a-z0-9]{0,61}[a-z0-9])?\z")]
    private static partial Regex ServiceName();
}
