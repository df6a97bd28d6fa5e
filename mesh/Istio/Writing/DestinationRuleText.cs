using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Yaml;

namespace Bookinfo.Mesh.Istio.Writing;

/// <summary>Writes a DestinationRule's spec.</summary>
internal sealed class DestinationRuleText(YamlWriter yaml)
{
    private readonly LoadBalancerText _loadBalancer = new(yaml);
    private readonly ConnectionPoolText _connectionPool = new(yaml);

    public void Write(DestinationRule rule)
    {
        yaml.Text("host", rule.Host);
        yaml.Texts("exportTo", rule.ExportTo);
        yaml.Object("trafficPolicy", rule.TrafficPolicy, Policy);
        yaml.Objects("subsets", rule.Subsets, subset =>
        {
            yaml.Text("name", subset.Name);
            yaml.Texts("labels", subset.Labels);
            yaml.Object("trafficPolicy", subset.TrafficPolicy, Policy);
        });
    }

    private void Policy(TrafficPolicy policy)
    {
        Parts(policy.LoadBalancer, policy.ConnectionPool, policy.OutlierDetection, policy.Tls);
        yaml.Objects("portLevelSettings", policy.PortLevelSettings, port =>
        {
            yaml.Port("port", port.Port);
            Parts(port.LoadBalancer, port.ConnectionPool, port.OutlierDetection, port.Tls);
        });
    }

    private void Parts(LoadBalancerSettings? loadBalancer, ConnectionPoolSettings? connectionPool, OutlierDetection? outliers,
        ClientTlsSettings? tls)
    {
        yaml.Object("loadBalancer", loadBalancer, _loadBalancer.Write);
        yaml.Object("connectionPool", connectionPool, _connectionPool.Write);
        yaml.Object("outlierDetection", outliers, Outliers);
        yaml.Object("tls", tls, each => yaml.Name("mode", (ClientTlsMode?)each.Mode, EnumNames.ClientTlsMode));
    }

    private void Outliers(OutlierDetection outliers)
    {
        yaml.Number("consecutive5xxErrors", outliers.Consecutive5xxErrors);
        yaml.Number("consecutiveGatewayErrors", outliers.ConsecutiveGatewayErrors);
        yaml.Flag("splitExternalLocalOriginErrors", outliers.SplitExternalLocalOriginErrors);
        yaml.Number("consecutiveLocalOriginFailures", outliers.ConsecutiveLocalOriginFailures);
        yaml.Duration("interval", outliers.Interval);
        yaml.Duration("baseEjectionTime", outliers.BaseEjectionTime);
        yaml.Number("maxEjectionPercent", outliers.MaxEjectionPercent);
        yaml.Number("minHealthPercent", outliers.MinHealthPercent);
        yaml.Numbers("outlierDetectionHttpErrorCodes", outliers.OutlierDetectionHttpErrorCodes);
    }
}
