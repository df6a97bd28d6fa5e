using Bookinfo.Tests.Conformance.Harness;

namespace Bookinfo.Tests.Conformance.Istio.Routing;

/// <summary>What a VirtualService does to a call inside the mesh.</summary>
internal static class VirtualServiceCases
{
    public static Suite Suite { get; } = new(RoutingSuites.File, "virtualServiceCases")
    {
        Rows = [.. VirtualServiceHeaderCases.Rows, .. VirtualServiceTrafficCases.Rows],
        LeftOut =
        [
            new("a request whose Host has no port, sent to another than the protocol's own: the mesh goes by the Host header only",
                "redirect request port/non-default"),
        ],
    };
}
