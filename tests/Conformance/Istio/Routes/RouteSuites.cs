using Bookinfo.Mesh.Proxy.Model;
using Bookinfo.Tests.Conformance.Harness;

namespace Bookinfo.Tests.Conformance.Istio.Routes;

/// <summary>
/// Istio's tests of the routes that istiod builds for Envoy. There a case asks what the route says; here the same rules are put into force
/// and a request shows it. The gateway named some-gateway and the service *.example.org of those rules are calls inside the mesh to a
/// service c.
/// </summary>
internal static class RouteSuites
{
    public const string File = "pilot/pkg/networking/core/route/route_test.go";

    public static IReadOnlyList<Suite> All { get; } =
    [
        new(File, "TestBuildHTTPRoutes")
        {
            Rows =
            [
                .. TimeoutCases.Rows, .. MatchCases.Rows, .. HashCases.Rows, .. HeaderCases.Rows, .. RewriteCases.Rows,
                .. RedirectCases.Rows, .. WildcardCases.Rows, .. SemanticsCases.Rows,
            ],
            LeftOut =
            [
                new("HTTP/3", "for virtual service with HTTP/3 discovery enabled"),
                new("`statPrefix` names Envoy's own statistics", "for virtual service with stat_prefix set for a match on URI"),
                new("RequestAuthentication", "for virtual service with exact matching on JWT claims with extended"),
                new("`proxyHeaders` of the mesh configuration",
                    "for host rewrite with XForwardedHost enabled", "for prefix path rewrite with XForwardedHost enabled"),
                new("inference pools of the Gateway API", "for virtual service with routing to an service with inference semantics",
                    "for virtual service with routing to an service with inference semantics with failuremode override"),
            ],
        },
        SortCases.Suite,
        new(File, "TestInboundHTTPRoute")
        {
            Rows = [],
            LeftOut =
            [
                new("the mesh acts for callers only: a pod has no proxy in front of it", "http protocol", "grpc protocol",
                    "http protocol with mesh wide inbound retry policy", "http protocol with inbound retries disabled mesh wide",
                    "grpc protocol ignores mesh wide inbound retry policy"),
            ],
        },
    ];

    /// <summary>
    /// c has four pods, split is released as v1 and v2, w in blue and green, example1 and example2 stand on 8080, and callers live in three
    /// namespaces.
    /// </summary>
    public static Task<EchoMesh> StartAsync() => EchoMesh.StartAsync(
        [
            EchoApp.Of("a"), EchoApp.Of("caller", "v9"), EchoApp.Of("foo", @namespace: "foo"), EchoApp.Of("bar", @namespace: "bar"),
            EchoApp.Of("c", pods: 4), EchoApp.Of("split"), EchoApp.Of("split", "v2"),
            EchoApp.Of("w", "blue"), EchoApp.Of("w", "green"), EchoApp.Of("example1"), EchoApp.Of("example2"),
        ],
        [
            new MeshService("c", 8484), new MeshService("split", 80), new MeshService("w", 80), new MeshService("example1", 8080),
            new MeshService("example2", 8080),
        ]);
}
