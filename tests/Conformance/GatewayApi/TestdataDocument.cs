using Bookinfo.Tests.Support.Conformance;

namespace Bookinfo.Tests.Conformance.GatewayApi;

/// <summary>What <c>docs/conformance.md</c> says of Istio's <c>testdata</c> for the Gateway API.</summary>
internal static class TestdataDocument
{
    public static ConformanceSource Source { get; } = new("pilot/pkg/config/kube/gateway/conversion_test.go",
    [
        new ConformanceFunction("TestConvertResources", TestdataCase.Names.Count,
        [
            new LeftOutCases("TLS that is more than a listener's certificate: handed on, of callers, of pods, between clusters",
                "tls", "tls-terminate", "backend-tls-policy", "backend-tls-policy-ignored", "backend-tls-client-cert",
                "frontend-tls-invalid", "frontend-tls-refgrant", "eastwest", "eastwest-tlsoption", "eastwest-labelport",
                "eastwest-remote"),
            new LeftOutCases("a listener of the protocol HTTPS without a certificate is refused here",
                "listenerset-https-missing-tls", "listenerset-overlapping-port"),
            new LeftOutCases("TCP: only HTTP is routed", "tcp", "mcs", "reference-policy-tcp"),
            new LeftOutCases("waypoints are of ambient mode, which the mesh has not", "waypoint", "foreign-waypoint", "east-west-ambient"),
            new LeftOutCases("XBackend and XBackendTrafficPolicy are of `gateway.networking.x-k8s.io`, a group for trials",
                "xbackend", "backend-lb-policy", "backend-traffic-policy-ignored", "mix-backend-policy"),
            new LeftOutCases("inference pools of the Gateway API", "reference-policy-inferencepool"),
            new LeftOutCases("the API server refuses a Gateway without listeners", "listenerset-empty-listeners"),
            new LeftOutCases("`infrastructure` says how the gateway's pods are made; the mesh has its gateway already",
                "gateway-invalid-parameters-ref"),
        ]),
    ]);
}
