using System.Net;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Names;
using Bookinfo.Mesh.Istio.Problems;

namespace Bookinfo.Mesh.Istio.Analysis;

/// <summary>Matches that no request can have, whatever other routes there are.</summary>
internal static class MatchEffectAnalysis
{
    private static readonly string[] Schemes = ["http", "https"];

    /// <param name="scope">The rules and what runs.</param>
    /// <param name="service">The VirtualService.</param>
    public static IEnumerable<Problem> Analyze(AnalysisScope scope, VirtualService service)
    {
        var ports = Ports(scope, service);
        for (var i = 0; i < service.Http.Count; i++)
        {
            for (var j = 0; j < service.Http[i].Match.Count; j++)
            {
                var (match, path) = (service.Http[i].Match[j], $"spec.http[{i}].match[{j}]");
                foreach (var (field, message, suggestion) in
                    Headers(match).Concat(Target(scope, service, match)).Concat(Port(match, ports)))
                {
                    yield return service.Problem(MessageTypes.NoEffect, $"{path}.{field}", message, suggestion);
                }
            }
        }
    }

    private static IEnumerable<(string Field, string Message, string Suggestion)> Headers(HttpMatchRequest match)
    {
        foreach (var (name, value) in match.Headers)
        {
            if (RemovedHeaders.Contains(name))
            {
                yield return ($"headers[\"{name}\"]",
                    $"Envoy removes {name} before it looks for a route: this match takes no request", "match a header of your own");
            }
            else if (match.WithoutHeaders.TryGetValue(name, out var excluded) && (excluded == value || excluded.IsPresence))
            {
                yield return ($"withoutHeaders[\"{name}\"]",
                    $"{name} is asked for and excluded: this match takes no request", "keep one of the two");
            }
        }
    }

    private static IEnumerable<(string Field, string Message, string Suggestion)> Target(
        AnalysisScope scope, VirtualService service, HttpMatchRequest match)
    {
        if (match.Scheme?.Exact is { } scheme && !Schemes.Contains(scheme))
        {
            yield return ("scheme.exact", $"requests have the scheme http or https: {Messages.Quote(scheme)} takes no request",
                $"use {Messages.OneOf(Schemes)}");
        }

        if (match is { IgnoreUriCase: true, Uri.Regex: not null })
        {
            yield return ("ignoreUriCase", "ignoreUriCase does nothing with regex", "begin the expression with (?i)");
        }

        if (match.Authority?.Exact is { Length: > 0 } authority && !IsOfHosts(scope, service, authority))
        {
            yield return ("authority.exact",
                $"{Messages.Quote(authority)} is none of the VirtualService's hosts: this match takes no request",
                $"use {Messages.OneOf(service.Hosts)}, or add the host");
        }
    }

    /// <summary>Only requests for its hosts come to a VirtualService. A delegate has those of whoever delegates.</summary>
    private static bool IsOfHosts(AnalysisScope scope, VirtualService service, string authority)
    {
        var forms = HostNames.Forms(authority, service.Namespace, scope.Known.ClusterDomain).ToList();
        return service.Hosts.Count == 0 || IPAddress.TryParse(authority, out _)
            || service.Hosts.Select(host => scope.Full(host, service)).Any(host => forms.Exists(form => HostNames.IsWithin(form, host)));
    }

    private static IEnumerable<(string Field, string Message, string Suggestion)> Port(
        HttpMatchRequest match, IReadOnlyCollection<int>? ports)
    {
        if (ports is not null && match.Port is { } port && !ports.Contains(port))
        {
            yield return ("port", $"nothing of this VirtualService is called on port {port}: this match takes no request",
                $"use {Messages.OneOf(ports.Order().Select(each => $"{each}"))}");
        }
    }

    /// <summary>The ports that requests for its hosts come to; null where not all of them are known.</summary>
    private static HashSet<int>? Ports(AnalysisScope scope, VirtualService service)
    {
        if (service.Hosts.Count == 0 || service.Http.All(route => route.Match.All(match => match.Port is null)))
        {
            return null;
        }

        var ports = new HashSet<int>();
        foreach (var gateway in service.Gateways.Where(name => name != VirtualService.MeshGateway))
        {
            if (scope.Gateways.Find(GatewayNames.Full(gateway, service.Namespace)) is not { } found)
            {
                return null;
            }

            ports.UnionWith(found.Servers.Select(server => server.Port.Number));
        }

        foreach (var host in HostAnalysis.IsForMesh(service) ? service.Hosts : [])
        {
            if (scope.PortsOf(scope.Full(host, service)) is not { Count: > 0 } known)
            {
                return null;
            }

            ports.UnionWith(known);
        }

        return ports;
    }
}
