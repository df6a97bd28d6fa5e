using Bookinfo.Mesh.Proxy.Clusters;
using Bookinfo.Mesh.Proxy.Compilation;
using Bookinfo.Mesh.Proxy.Model;
using Bookinfo.Mesh.Proxy.Redirects;
using Bookinfo.Mesh.Proxy.Registry;
using Bookinfo.Mesh.Proxy.Requests;
using Bookinfo.Mesh.Proxy.Routing;
using Bookinfo.Mesh.Proxy.VirtualHosts;
using Microsoft.AspNetCore.Http;

namespace Bookinfo.Mesh.Proxy.Explaining;

/// <summary>Follows a request through the tables in force without sending it.</summary>
internal sealed class Explainer(RuleTables tables, IReadOnlyList<Caller> callers, MeshOptions options)
{
    public Explanation Explain(ExplainRequest request) =>
        Explain(CallerOf(request.Caller), SampleRequest.Of(request), $"{request.Method} {request.Url}");

    public Explanation Explain(string caller, SampleRequest request) => Explain(CallerOf(caller), request,
        $"{request.Method} {request.Scheme}://{request.Authority}{request.Path}{(request.Query.Length > 0 ? "?" : "")}{request.Query}");

    private Explanation Explain(Caller caller, SampleRequest request, string words)
    {
        var info = request.ToInfo();
        var explanation = new Explanation
        {
            Caller = caller.Name,
            Request = words,
            Revision = tables.Rules.Revision,
            Outcome = "",
        };
        return tables.ScopeOf(caller).Hosts.Find(info.Authority) is { } host ? AtHost(explanation, caller, host, info)
            : UnknownHost(explanation, caller, info);
    }

    private Explanation AtHost(Explanation explanation, Caller caller, VirtualHost host, RequestInfo info)
    {
        var routes = host.RoutesFor(caller);
        var taken = routes.Find(info);
        var dropped = new DroppedRules(tables, caller, options);
        explanation = explanation with
        {
            VirtualHost = host.Name,
            Rules = RuleVerdicts.Of(host, routes, taken, caller, info),
            Dropped = [.. dropped.Of(host)],
        };
        if (taken is null)
        {
            return explanation with { Outcome = "no rule matches: the mesh answers 404", Status = 404, ResponseFlag = "NR" };
        }

        explanation = explanation with { Steps = [.. RouteSteps.Of(taken, info)] };
        return taken.Action switch
        {
            RedirectAction redirect => explanation with
            {
                Status = redirect.Status,
                Outcome = $"the mesh redirects with {redirect.Status} to {redirect.Location(info)}",
            },
            DirectResponseAction direct => explanation with
            {
                Status = direct.Status,
                Outcome = $"the mesh answers {direct.Status} itself",
            },
            ForwardAction forward => Forwarded(
                explanation with
                {
                    Dropped = [.. explanation.Dropped, .. dropped.Of(forward)],
                    Steps = [.. explanation.Steps, .. GrpcTrap(forward, info)],
                    Path = forward.TargetFor(info),
                },
                caller, forward),
            _ => throw new InvalidOperationException($"{taken.Action} is not an action that can be explained."),
        };
    }

    private Explanation Forwarded(Explanation explanation, Caller caller, ForwardAction forward)
    {
        var destinations = ExplainedDestinations.Of(forward, tables, caller, options.Time.GetUtcNow());
        var dead = destinations.Where(destination => destination.Problem is not null).ToList();
        var all = dead.Count == destinations.Count;
        var outcome = string.Join(", ", destinations.Select(destination => destination.Problem is null
            ? $"{destination.Percent:0.##} % to "
                + $"{destination.Service}{(destination.Subset.Length > 0 ? $" subset {destination.Subset}" : "")} "
                + $"({Pods(destination.Pods.Count(pod => !pod.IsEjected))})"
            : $"{destination.Percent:0.##} % answered {StatusOf(destination, forward)}: {destination.Problem}"));
        return explanation with
        {
            Destinations = destinations,
            Outcome = outcome,
            Status = all ? dead.Max(destination => StatusOf(destination, forward)) : null,
            ResponseFlag = !all ? null : dead.Exists(Exists) ? "UH" : "NC",
        };
    }

    /// <summary>A destination that exists and has no pod that is healthy is answered 503, whatever the route says of others.</summary>
    private static int StatusOf(ExplainedDestination dead, ForwardAction forward) =>
        Exists(dead) ? ForwardAction.UsualMissingStatus : forward.MissingStatus;

    private static bool Exists(ExplainedDestination destination) => destination.Pods.Count > 0 || destination.LoadBalancer.Length > 0;

    private static string Pods(int count) => count == 1 ? "1 pod" : $"{count} pods";

    /// <summary>The most frequent mistake with gRPC: the port's name decides, not the request.</summary>
    private static IEnumerable<string> GrpcTrap(ForwardAction forward, RequestInfo info)
    {
        if (!Exchange.IsGrpcType(info.Headers.ContentType))
        {
            yield break;
        }

        foreach (var spec in forward.Destinations.Candidates.Select(candidate => candidate.Cluster).OfType<ClusterSpec>())
        {
            if (!spec.UsesHttp2(HttpProtocol.Http2))
            {
                yield return $"this gRPC request is sent to {spec.Service.Host} as HTTP/1.1, because the port is called http, and fails "
                    + "there; call the port grpc";
            }
        }
    }

    private Explanation UnknownHost(Explanation explanation, Caller caller, RequestInfo info)
    {
        if (caller.IsGateway)
        {
            return explanation with
            {
                Status = 404,
                ResponseFlag = "NR",
                Outcome = $"no Gateway with a VirtualService bound to it has the host {info.Authority}: the gateway answers 404",
            };
        }

        return options.OutboundTrafficPolicy == OutboundTrafficPolicy.RegistryOnly
            ? explanation with
            {
                Status = 502,
                Outcome = $"{info.Authority} is unknown to the mesh, and the outbound policy is REGISTRY_ONLY: the mesh answers 502",
            }
            : explanation with
            {
                Outcome = $"{info.Authority} is unknown to the mesh: the request passes through to wherever DNS says it is, without a "
                    + "timeout",
            };
    }

    private Caller CallerOf(string name)
    {
        var known = string.Join(", ", callers.Select(caller => caller.Name));
        return CallerNames.Find(callers, name)
            ?? throw new ArgumentException($"No caller of the mesh is called {name}; known are {known}.", nameof(name));
    }
}
