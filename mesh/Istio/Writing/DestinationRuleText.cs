using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Yaml;

namespace Bookinfo.Mesh.Istio.Writing;

/// <summary>Writes a DestinationRule's spec.</summary>
internal sealed class DestinationRuleText(ObjectWriter fields)
{
    private readonly LoadBalancerText _loadBalancer = new(fields);
    private readonly ConnectionPoolText _connectionPool = new(fields);

    public void Write(DestinationRule rule)
    {
        fields.Text("host", rule.Host);
        fields.Texts("exportTo", rule.ExportTo);
        fields.Object("trafficPolicy", rule.TrafficPolicy, Policy);
        fields.Objects("subsets", rule.Subsets, subset =>
        {
            fields.Text("name", subset.Name);
            fields.Texts("labels", subset.Labels);
            fields.Object("trafficPolicy", subset.TrafficPolicy, Policy);
        });
    }

    private void Policy(TrafficPolicy policy)
    {
        Parts(policy.LoadBalancer, policy.ConnectionPool, policy.OutlierDetection, policy.Tls);
        fields.Objects("portLevelSettings", policy.PortLevelSettings, port =>
        {
            fields.Port("port", port.Port);
            Parts(port.LoadBalancer, port.ConnectionPool, port.OutlierDetection, port.Tls);
        });
    }

    private void Parts(LoadBalancerSettings? loadBalancer, ConnectionPoolSettings? connectionPool, OutlierDetection? outliers,
        ClientTlsSettings? tls)
    {
        fields.Object("loadBalancer", loadBalancer, _loadBalancer.Write);
        fields.Object("connectionPool", connectionPool, _connectionPool.Write);
        fields.Object("outlierDetection", outliers, Outliers);
        fields.Object("tls", tls, each => fields.Name("mode", (ClientTlsMode?)each.Mode, EnumNames.ClientTlsMode));
    }

    private void Outliers(OutlierDetection outliers)
    {
        fields.Number("consecutive5xxErrors", outliers.Consecutive5xxErrors);
        fields.Number("consecutiveGatewayErrors", outliers.ConsecutiveGatewayErrors);
        fields.Flag("splitExternalLocalOriginErrors", outliers.SplitExternalLocalOriginErrors);
        fields.Number("consecutiveLocalOriginFailures", outliers.ConsecutiveLocalOriginFailures);
        fields.Duration("interval", outliers.Interval);
        fields.Duration("baseEjectionTime", outliers.BaseEjectionTime);
        fields.Number("maxEjectionPercent", outliers.MaxEjectionPercent);
        fields.Number("minHealthPercent", outliers.MinHealthPercent);
        fields.Numbers("outlierDetectionHttpErrorCodes", outliers.OutlierDetectionHttpErrorCodes);
    }
}
