using System.Net;
using Bookinfo.Tests.Conformance.Harness;

namespace Bookinfo.Tests.Conformance.Istio.Routing;

/// <summary>DestinationRules that only say how connections are kept.</summary>
internal static class DestinationRuleCases
{
    public static Suite Suite { get; } = new(RoutingSuites.File, "destinationRuleCases")
    {
        Rows =
        [
            new("only idletimeout specified in DR", Yaml.DestinationRule("c", """
                trafficPolicy:
                  tls: {mode: DISABLE}
                  connectionPool: {http: {idleTimeout: 100s}}
                """, "idletimeout-dr"), new Call { Url = "http://c/", Http = HttpVersion.Version20, By = "c-v1" }),
            new("http2 keepalive in DR", Yaml.DestinationRule("h2", """
                trafficPolicy:
                  tls: {mode: DISABLE}
                  connectionPool: {http: {http2KeepAlive: {interval: 15s, timeout: 5s}}}
                """, "http2-keepalive-dr"),
            new Call { Url = "http://h2:85/", Http = HttpVersion.Version20, By = "h2-v1", SawProtocol = "HTTP/2" }),
        ],
    };
}
