using System.Text;
using Bookinfo.Mesh.Proxy.Compilation;
using Bookinfo.Mesh.Proxy.Model;
using Bookinfo.Mesh.Proxy.Redirects;
using Bookinfo.Mesh.Proxy.Registry;
using Bookinfo.Mesh.Proxy.Requests;
using Bookinfo.Mesh.Proxy.Routing;
using Bookinfo.Mesh.Proxy.VirtualHosts;
using Microsoft.AspNetCore.Http;

namespace Bookinfo.Mesh.Proxy.Explaining;

/// <summary>Finds what becomes of a request, as data.</summary>
internal static class OutcomeFinder
{
    public static RouteOutcome Find(RuleTables tables, Caller caller, OutboundTrafficPolicy outbound, RequestInfo info)
    {
        if (tables.ScopeOf(caller).Hosts.Find(info.Authority) is not { } host)
        {
            return UnknownHost(caller, outbound);
        }

        return host.RoutesFor(caller).Find(info) is { } route ? Of(route, host, info) : NoRoute(host);
    }

    /// <summary>What is answered where no virtual host has the host (<c>UnknownHosts.cs</c>).</summary>
    public static RouteOutcome UnknownHost(Caller caller, OutboundTrafficPolicy outbound) =>
        caller.IsGateway ? new RouteOutcome { Kind = OutcomeKind.UnknownHost, Status = 404, ResponseFlag = "NR" }
        : outbound == OutboundTrafficPolicy.RegistryOnly ? new RouteOutcome { Kind = OutcomeKind.UnknownHost, Status = 502 }
        : new RouteOutcome { Kind = OutcomeKind.Passthrough };

    public static RouteOutcome NoRoute(VirtualHost host) =>
        new() { Kind = OutcomeKind.NoRoute, VirtualHost = host.Name, Status = 404, ResponseFlag = "NR" };

    /// <summary>What a route does with a request that matches it.</summary>
    public static RouteOutcome Of(Route route, VirtualHost host, RequestInfo info)
    {
        var found = new RouteOutcome
        {
            Kind = OutcomeKind.Forward,
            VirtualHost = host.Name,
            RouteName = route.Name,
            Rule = PlaceOf(route.Origin),
            Definition = route.Origin is { } origin ? origin.VirtualService.Http[origin.RuleIndex] : null,
            Fault = route.Fault?.Rule,
            Cors = route.Cors?.Policy,
        };
        var answered = found with
        {
            ResponseHeaders = OutcomeDestinations.Changed(new HeaderDictionary(), [route.ResponseHeaders]),
            ResponseHeaderChanges = route.ResponseHeaders?.ToString() ?? "",
        };
        return route.Action switch
        {
            RedirectAction redirect => answered with
            {
                Kind = OutcomeKind.Redirect,
                Status = redirect.Status,
                Location = redirect.Location(info),
            },
            DirectResponseAction direct => answered with
            {
                Kind = OutcomeKind.DirectResponse,
                Status = direct.Status,
                Body = direct.Body.Length == 0 ? null : Encoding.UTF8.GetString(direct.Body),
            },
            ForwardAction forward => Forwarded(found, route, forward, info),
            _ => throw new InvalidOperationException($"{route.Action} has no outcome."),
        };
    }

    private static RouteOutcome Forwarded(RouteOutcome found, Route route, ForwardAction forward, RequestInfo info)
    {
        var destinations = OutcomeDestinations.Of(route, forward, info);
        var isDead = destinations.All(destination => destination.Problem is not null);
        return found with
        {
            Destinations = destinations,
            Path = forward.TargetFor(info),
            Timeout = forward.Plan.Timeout > TimeSpan.Zero ? forward.Plan.Timeout : null,
            Retries = forward.Plan.Retries is { } retries
                ? new OutcomeRetries(retries.Retries, retries.RetryOn, retries.PerTryTimeout, retries.BackOffBase, retries.AvoidsTriedHosts)
                : null,
            Session = forward.Session?.ToString(),
            Mirrors = [.. forward.Plan.Mirrors.Select(mirror => new OutcomeMirror(mirror.Destination?.Name, mirror.Percent))],
            Status = isDead ? forward.MissingStatus : null,
            ResponseFlag = isDead ? "NC" : null,
        };
    }

    internal static RulePlace? PlaceOf(RouteOrigin? origin) => origin is null ? null
        : new RulePlace(origin.Resource.Subject, origin.VirtualService.Namespace, origin.Path, origin.Resource.Source.File,
            origin.Resource.Source.Find(origin.Path).Line);
}
