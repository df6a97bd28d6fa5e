using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Problems;
using Bookinfo.Mesh.Istio.Yaml;

namespace Bookinfo.Mesh.Istio.Reading;

/// <summary>The fields of a DestinationRule, its subsets and its policies.</summary>
internal static class DestinationRuleFields
{
    public static DestinationRule Read(ObjectReader spec, Metadata metadata, SourceMap source) => new()
    {
        Metadata = metadata,
        Source = source,
        Host = spec.Text("host") ?? "",
        TrafficPolicy = spec.Object("trafficPolicy", "TrafficPolicy", Policy),
        Subsets = spec.Objects("subsets", "Subset", Subset),
        ExportTo = spec.Texts("exportTo"),
    };

    private static Subset Subset(ObjectReader subset) => new()
    {
        Name = subset.Text("name") ?? "",
        Labels = subset.TextMap("labels"),
        TrafficPolicy = subset.Object("trafficPolicy", "TrafficPolicy", Policy),
    };

    private static TrafficPolicy Policy(ObjectReader policy) => new()
    {
        LoadBalancer = policy.Object("loadBalancer", "LoadBalancerSettings", LoadBalancerFields.Read),
        ConnectionPool = policy.Object("connectionPool", "ConnectionPoolSettings", ConnectionPoolFields.Read),
        OutlierDetection = policy.Object("outlierDetection", "OutlierDetection", Outliers),
        Tls = policy.Object("tls", "ClientTLSSettings", Tls),
        PortLevelSettings = policy.Objects("portLevelSettings", "PortTrafficPolicy", PortPolicy),
    };

    private static PortTrafficPolicy PortPolicy(ObjectReader policy)
    {
        var port = policy.PortSelector("port");
        if (!policy.Has("port"))
        {
            policy.Error("port", "a port is required", "write port: {number: ...}");
        }

        return new PortTrafficPolicy
        {
            Port = port ?? 0,
            LoadBalancer = policy.Object("loadBalancer", "LoadBalancerSettings", LoadBalancerFields.Read),
            ConnectionPool = policy.Object("connectionPool", "ConnectionPoolSettings", ConnectionPoolFields.Read),
            OutlierDetection = policy.Object("outlierDetection", "OutlierDetection", Outliers),
            Tls = policy.Object("tls", "ClientTLSSettings", Tls),
        };
    }

    private static ClientTlsSettings Tls(ObjectReader tls)
    {
        var mode = tls.Name("mode", EnumNames.ClientTlsMode);
        if (mode == ClientTlsMode.IstioMutual)
        {
            tls.Remark(MessageTypes.Hint, "mode", "traffic inside one process is not encrypted; on a cluster it will be");
        }

        return new ClientTlsSettings { Mode = mode ?? ClientTlsMode.Disable };
    }

    private static OutlierDetection Outliers(ObjectReader outliers)
    {
        if (outliers.Int32("consecutiveErrors") is > 0)
        {
            // pilot/pkg/networking/core/cluster_traffic_policy.go: applyOutlierDetection does not look at it any more.
            outliers.Remark(MessageTypes.SchemaWarning, "consecutiveErrors", "Istio takes consecutiveErrors and does nothing with it",
                "use consecutive5xxErrors or consecutiveGatewayErrors");
        }

        return new OutlierDetection
        {
            ConsecutiveGatewayErrors = outliers.UInt32("consecutiveGatewayErrors"),
            Consecutive5xxErrors = outliers.UInt32("consecutive5xxErrors"),
            SplitExternalLocalOriginErrors = outliers.Boolean("splitExternalLocalOriginErrors") ?? false,
            ConsecutiveLocalOriginFailures = outliers.UInt32("consecutiveLocalOriginFailures"),
            Interval = outliers.Duration("interval"),
            BaseEjectionTime = outliers.Duration("baseEjectionTime"),
            MaxEjectionPercent = outliers.Int32("maxEjectionPercent"),
            MinHealthPercent = outliers.Int32("minHealthPercent"),
            OutlierDetectionHttpErrorCodes = outliers.UInt32s("outlierDetectionHttpErrorCodes"),
        };
    }
}
