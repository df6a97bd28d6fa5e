using Bookinfo.Mesh.Istio.Model;

namespace Bookinfo.Mesh.Istio.Validation;

/// <summary>Checks a policy (<c>validateTrafficPolicy</c>, <c>validateOutlierDetection</c>, <c>validatePortTrafficPolicies</c>).</summary>
internal static class TrafficPolicyCheck
{
    public static void Check(RulePath path, TrafficPolicy? policy, Findings findings)
    {
        if (policy is null)
        {
            return;
        }

        if (policy is { LoadBalancer: null, ConnectionPool: null, OutlierDetection: null, Tls: null, PortLevelSettings.Count: 0 })
        {
            findings.Error(path, "a policy has at least one setting",
                "add loadBalancer, connectionPool, outlierDetection, tls or portLevelSettings");
        }

        Parts(path, policy.LoadBalancer, policy.ConnectionPool, policy.OutlierDetection, findings);
        var ports = new HashSet<int>();
        for (var i = 0; i < policy.PortLevelSettings.Count; i++)
        {
            var port = policy.PortLevelSettings[i];
            var at = path.Field("portLevelSettings").Item(i);
            CommonCheck.Port(at.Field("port").Field("number"), port.Port, findings);
            if (!ports.Add(port.Port))
            {
                findings.Warning(at.Field("port"), $"there are settings for port {port.Port} already: these do nothing",
                    "put both in one entry");
            }

            if (port is { LoadBalancer: null, ConnectionPool: null, OutlierDetection: null, Tls: null })
            {
                findings.Error(at, "the settings of a port have at least one field",
                    "add loadBalancer, connectionPool, outlierDetection or tls");
            }

            Parts(at, port.LoadBalancer, port.ConnectionPool, port.OutlierDetection, findings);
        }
    }

    private static void Parts(RulePath path, LoadBalancerSettings? loadBalancer, ConnectionPoolSettings? connectionPool,
        OutlierDetection? outliers, Findings findings)
    {
        LoadBalancerCheck.Check(path.Field("loadBalancer"), loadBalancer, findings);
        ConnectionPoolCheck.Check(path.Field("connectionPool"), connectionPool, findings);
        if (outliers is not null)
        {
            Outliers(path.Field("outlierDetection"), outliers, findings);
        }
    }

    private static void Outliers(RulePath path, OutlierDetection outliers, Findings findings)
    {
        CommonCheck.Duration(path.Field("baseEjectionTime"), outliers.BaseEjectionTime, findings);
        CommonCheck.Duration(path.Field("interval"), outliers.Interval, findings);
        findings.Range(path.Field("maxEjectionPercent"), outliers.MaxEjectionPercent, 0, 100, "a percentage");
        findings.Range(path.Field("minHealthPercent"), outliers.MinHealthPercent, 0, 100, "a percentage");
        if (!outliers.SplitExternalLocalOriginErrors && outliers.ConsecutiveLocalOriginFailures > 0)
        {
            findings.Error(
                path.Field("consecutiveLocalOriginFailures"),
                "consecutiveLocalOriginFailures counts nothing unless failures of the connection are counted apart",
                "add splitExternalLocalOriginErrors: true");
        }

        for (var i = 0; i < outliers.OutlierDetectionHttpErrorCodes.Count; i++)
        {
            findings.Range(path.Field("outlierDetectionHttpErrorCodes").Item(i), outliers.OutlierDetectionHttpErrorCodes[i], 100, 599,
                "a status code");
        }
    }
}
