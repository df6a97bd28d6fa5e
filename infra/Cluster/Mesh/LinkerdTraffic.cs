using Bookinfo.Cluster.Exposure;
using Bookinfo.Topology;
using Pulumi;
using static Bookinfo.Cluster.Fields;

namespace Bookinfo.Cluster.Mesh;

/// <summary>
/// The weights for Linkerd: a route of the Gateway API bound to each Service (<c>parentRefs</c> of kind Service, which the API calls GAMMA), over one Service
/// for each release.
/// </summary>
internal sealed class LinkerdTraffic : ComponentResource
{
    public LinkerdTraffic(Place place, IReadOnlyDictionary<string, IReadOnlyList<Resource>> backends)
        : base("bookinfo:cluster:Traffic", "traffic")
    {
        foreach (var service in place.Settings.System.Services)
        {
            var kind = service.Protocol == ServiceProtocol.Grpc ? "GRPCRoute" : "HTTPRoute";
            _ = new Manifest($"{service.Name}-weights", new ManifestArgs(GatewayApiExposure.ApiVersion, kind)
            {
                Metadata = place.Meta($"{service.Name}-weights", service.Name),
                Spec =
                {
                    ["parentRefs"] = List(Map(("group", ""), ("kind", "Service"), ("name", service.Name), ("port", service.Port))),
                    ["rules"] = List(Map(("backendRefs", BackendRefs.Weighted(service, place.Settings.Canary.Of(service))))),
                },
            }, Child.Of(this, backends[service.Name]));
        }

        RegisterOutputs();
    }
}
