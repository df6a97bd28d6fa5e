using Bookinfo.Mesh.Istio.GatewayApi;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Names;
using Bookinfo.Mesh.Istio.Problems;
using Gateway = Bookinfo.Mesh.Istio.GatewayApi.Gateway;

namespace Bookinfo.Mesh.Istio.Validation;

/// <summary>Checks Gateway, ListenerSet and ReferenceGrant of the Gateway API.</summary>
internal static class ListenerCheck
{
    private const int MostListeners = 64;

    /// <summary>Istio's (<c>conversion.go: buildTLS</c>); the API server takes 64.</summary>
    private const int MostCertificates = 2;

    private static readonly string[] Operators = ["In", "NotIn", "Exists", "DoesNotExist"];

    public static void Check(Gateway gateway, Findings findings)
    {
        Listeners(gateway.Listeners, findings);
        Namespaces(Findings.Spec.Field("allowedListeners").Field("namespaces"), gateway.AllowedListeners, findings);
    }

    public static void Check(ListenerSet set, Findings findings)
    {
        ReferenceCheck.Parent(Findings.Spec.Field("parentRef"), set.ParentRef, findings);
        Listeners(set.Listeners, findings);
    }

    public static void Check(ReferenceGrant grant, Findings findings)
    {
        foreach (var (field, count) in new[] { ("from", grant.From.Count), ("to", grant.To.Count) })
        {
            if (count == 0)
            {
                findings.Error(Findings.Spec.Field(field), $"a ReferenceGrant has at least one entry in {field}");
            }

            ReferenceCheck.Most(Findings.Spec.Field(field), count, 16, "entries", findings);
        }

        for (var i = 0; i < grant.From.Count; i++)
        {
            if (grant.From[i].Namespace.Length > 0 && !DnsNames.IsDnsLabel(grant.From[i].Namespace))
            {
                findings.Error(Findings.Spec.Field("from").Item(i).Field("namespace"),
                    $"{Messages.Quote(grant.From[i].Namespace)} is not a namespace", "write the name of one namespace");
            }
        }
    }

    private static void Listeners(IReadOnlyList<Listener> listeners, Findings findings)
    {
        var path = Findings.Spec.Field("listeners");
        if (listeners.Count == 0)
        {
            findings.Error(path, "there is at least one listener", "write listeners: [{name: http, port: 8080, protocol: HTTP}]");
        }

        ReferenceCheck.Most(path, listeners.Count, MostListeners, "listeners", findings);
        for (var i = 0; i < listeners.Count; i++)
        {
            var listener = listeners[i];
            var at = path.Item(i);
            ReferenceCheck.SectionName(at.Field("name"), listener.Name, findings);
            ReferenceCheck.Hostname(at.Field("hostname"), listener.Hostname, isWildcardAllowed: true, findings);
            CommonCheck.Port(at.Field("port"), listener.Port, findings);
            Protocol(at.Field("protocol"), listener.Protocol, findings);
            Tls(at.Field("tls"), listener, findings);
            Namespaces(at.Field("allowedRoutes").Field("namespaces"), listener.AllowedRoutes?.Namespaces, findings);
            var before = listeners.Take(i).ToList();
            if (before.Exists(other => other.Name == listener.Name))
            {
                findings.Error(at.Field("name"), $"the listener {Messages.Quote(listener.Name)} is there twice",
                    "give each listener a name of its own");
            }

            if (before.Exists(other => (other.Port, other.Protocol, other.Hostname)
                == (listener.Port, listener.Protocol, listener.Hostname)))
            {
                findings.Error(at, "a listener of the same port, protocol and hostname is there already", "join the two");
            }
        }
    }

    private static void Protocol(RulePath path, string protocol, Findings findings)
    {
        if (protocol is "HTTP" or Listener.Https or "")
        {
            return;
        }

        if (UnsupportedFields.Reason("Listener", $"protocol: {protocol}") is { } reason)
        {
            findings.Add(MessageTypes.Unsupported, path, $"the mesh does not support {protocol}: {reason}", "use HTTP or HTTPS");
        }
        else
        {
            findings.Error(path, $"{Messages.Quote(protocol)} is not a protocol that Istio has", "use HTTP or HTTPS");
        }
    }

    private static void Tls(RulePath path, Listener listener, Findings findings)
    {
        if (listener.Protocol == "HTTP" && listener.Tls is not null)
        {
            findings.Error(path, "a listener of the protocol HTTP has no tls", "write protocol: HTTPS, or leave tls out");
        }
        else if (listener.Protocol == Listener.Https && listener.Tls is not { CertificateRefs.Count: > 0 })
        {
            findings.Error(path, "a listener of the protocol HTTPS needs a certificate",
                "write tls: {certificateRefs: [{name: ...}]} with the name of a Secret");
        }

        if (listener.Tls?.CertificateRefs.Count > MostCertificates)
        {
            findings.Error(path.Field("certificateRefs"), $"Istio takes {MostCertificates} certificates",
                "make a listener for each host");
        }
    }

    private static void Namespaces(RulePath path, RouteNamespaces? namespaces, Findings findings)
    {
        if (namespaces?.From == FromNamespaces.Selector && namespaces.Selector is null)
        {
            findings.Error(path.Field("selector"), "from: Selector needs a selector", "write selector: {matchLabels: {...}}");
        }

        var expressions = namespaces?.Selector?.MatchExpressions ?? [];
        for (var i = 0; i < expressions.Count; i++)
        {
            var at = path.Field("selector").Field("matchExpressions").Item(i);
            if (!Operators.Contains(expressions[i].Operator))
            {
                findings.Error(at.Field("operator"), $"{Messages.Quote(expressions[i].Operator)} is not an operator",
                    $"use {Messages.OneOf(Operators)}");
            }
            else if ((expressions[i].Operator is "In" or "NotIn") != expressions[i].Operands.Count > 0)
            {
                findings.Error(at.Field("values"), "In and NotIn have values, Exists and DoesNotExist have none");
            }
        }
    }
}
