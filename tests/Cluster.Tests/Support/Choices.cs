using System.Collections.Concurrent;

namespace Bookinfo.Tests.Cluster.Support;

/// <summary>Stacks that between them make every choice: what must hold always is tested on each of them.</summary>
public static class Choices
{
    private static readonly Dictionary<string, string[]> Stacks = new()
    {
        ["the default"] = [],
        ["fixed numbers, every release"] =
            ["scale:auto=false", "releases:details=v1,v2", "releases:ratings=v1,v2,v-faulty,v-delayed,v-unavailable,v-unhealthy"],
        ["no database"] = ["database:kind=none", "releases:ratings=v1"],
        ["an external database"] = ["database:kind=external", "database:secret=elsewhere"],
        ["every way in without a mesh"] = ["exposure:kinds=nodeport,loadbalancer,ingress,gateway-api", "canary:productpage=v1=100"],
        ["ways in by a controller"] = ["exposure:kinds=ingress,gateway-api", "exposure:controllerNamespace=edge",
            "exposure:host=bookinfo.example.com", "exposure:tlsSecret=tls", "exposure:clusterIssuer=letsencrypt"],
        ["no way in"] = ["exposure:kinds="],
        ["headless"] = ["scale:headless=details"],
        ["Istio there already"] = ["mesh:kind=istio", "exposure:kinds=istio"],
        ["Istio installed, every way in"] = ["mesh:kind=istio", "mesh:install=true",
            "exposure:kinds=nodeport,loadbalancer,ingress,gateway-api,istio", "telemetry:kind=collector", "canary:reviews=v1=90,v3=10"],
        ["Istio without its CNI plugin"] = ["mesh:kind=istio", "mesh:install=true", "mesh:cni=false", "exposure:kinds=istio",
            "exposure:tlsSecret=tls", "mesh:gatewayServiceType=NodePort"],
        ["Argo Rollouts"] = ["mesh:kind=istio", "delivery:reviews=v3", "delivery:ratings=v2", "exposure:kinds=istio", "scale:auto=false"],
        ["Linkerd"] = ["mesh:kind=linkerd", "exposure:kinds=gateway-api", "canary:reviews=v1=90,v3=10", "telemetry:kind=collector"],
        ["telemetry elsewhere"] =
            ["telemetry:kind=external", "telemetry:endpoint=http://collector.observability:4317", "images:pullSecret=registry"],
    };

    /// <summary>The names of the stacks.</summary>
    public static TheoryData<string> Names => [.. Stacks.Keys];

    /// <summary>The stack of that name, deployed under mocks; once for all tests that look at it.</summary>
    internal static Task<Observation> DeployAsync(string name) => Deployed.GetOrAdd(name, _ => Observation.OfAsync(Stacks[name]));

    private static readonly ConcurrentDictionary<string, Task<Observation>> Deployed = new();
}
