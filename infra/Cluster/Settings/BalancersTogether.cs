namespace Bookinfo.Cluster.Settings;

/// <summary>
/// Which of the chosen ways in does what the balancers' keys ask for. A key that only some of them honour would close one door and leave
/// another open.
/// </summary>
internal static class BalancersTogether
{
    public static void Check(ClusterSettings settings, SettingsReader reader)
    {
        var exposure = settings.Exposure;
        var balancer = exposure.LoadBalancer;
        if (balancer.Internal)
        {
            Honour(settings, reader, "exposure:internal", WhyNotInternal);
        }

        if (balancer.SourceRanges.Count > 0)
        {
            Honour(settings, reader, "exposure:sourceRanges", WhyNoRanges);
        }

        foreach (var (key, value) in new[] { ("exposure:certificate", balancer.Certificate), ("exposure:accessLogs", balancer.AccessLogs) })
        {
            if (value is not null && !exposure.Has(ExposureKind.LoadBalancer))
            {
                reader.Wrong($"{key} is for the page's own load balancer, and exposure:kinds has no loadbalancer");
            }
        }
    }

    private static void Honour(ClusterSettings settings, SettingsReader reader, string key,
        Func<ExposureKind, ClusterSettings, string?> whyNot)
    {
        var kinds = settings.Exposure.Kinds;
        if (!kinds.Any(kind => kind is ExposureKind.LoadBalancer or ExposureKind.GatewayApi or ExposureKind.IstioGateway
            or ExposureKind.Ingress))
        {
            reader.Wrong(
                $"{key} is for load balancers, and exposure:kinds has none: add loadbalancer, gateway-api or istio, or take the key away");
            return;
        }

        foreach (var reason in kinds.Select(kind => whyNot(kind, settings)).OfType<string>())
        {
            reader.Wrong($"{key} is not honoured by every way in of exposure:kinds: {reason}");
        }
    }

    private static string? WhyNotInternal(ExposureKind kind, ClusterSettings settings) => kind switch
    {
        ExposureKind.GatewayApi when settings.Exposure.GatewayClass.StartsWith("gke-", StringComparison.Ordinal)
            && !settings.Exposure.GatewayClass.Contains("rilb", StringComparison.Ordinal) =>
                "on GKE the class says it: set exposure:gatewayClass gke-l7-rilb",
        _ => Others(kind, settings),
    };

    private static string? WhyNoRanges(ExposureKind kind, ClusterSettings settings) => kind switch
    {
        ExposureKind.NodePort => "a node port is open to all who reach a node",
        ExposureKind.GatewayApi when settings.Exposure.GatewayClass != "istio" =>
            "only Istio's controller (exposure:gatewayClass istio) takes them for gateway-api, and the class is "
            + $"{settings.Exposure.GatewayClass}",
        _ => Others(kind, settings),
    };

    private static string? Others(ExposureKind kind, ClusterSettings settings) => kind switch
    {
        ExposureKind.Ingress when settings.Exposure.IngressAnnotations.Count == 0 =>
            "an Ingress has the balancer of its controller, which exposure:ingressAnnotations must tell in its own words",
        ExposureKind.IstioGateway when !settings.Mesh.Install =>
            "Istio's gateway is somebody else's (mesh:install false): set it where the gateway was installed, or use another way in",
        _ => null,
    };
}
