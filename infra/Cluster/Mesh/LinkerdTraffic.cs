using Bookinfo.Cluster.Resources;
using Bookinfo.Cluster.Traffic;
using Bookinfo.Topology;
using Pulumi;
using static Bookinfo.Cluster.Resources.Fields;

namespace Bookinfo.Cluster.Mesh;

/// <summary>
/// The weights for Linkerd: a route of the Gateway API bound to each Service (<c>parentRefs</c> of kind Service, which the API calls
/// GAMMA), over one Service for each release.
/// </summary>
internal sealed class LinkerdTraffic : ComponentResource
{
    public LinkerdTraffic(DeploymentContext context, IReadOnlyDictionary<string, IReadOnlyList<Resource>> backends)
        : base("bookinfo:cluster:Traffic", "traffic")
    {
        foreach (var service in context.Settings.System.Services)
        {
            var kind = service.Protocol == ServiceProtocol.Grpc ? "GRPCRoute" : "HTTPRoute";
            _ = new Manifest($"{service.Name}-weights", new ManifestArgs(WellKnown.GatewayApi.ApiVersion, kind)
            {
                Metadata = context.Meta($"{service.Name}-weights", service.Name),
                Spec =
                {
                    ["parentRefs"] = List(Map(("group", ""), ("kind", "Service"), ("name", service.Name), ("port", service.Port))),
                    ["rules"] = List(Map(("backendRefs", WeightedBackends.Of(service, context.Settings.Canary.Of(service))))),
                },
            }, ChildOptions.Of(this, backends[service.Name]));
        }

        RegisterOutputs();
    }
}
