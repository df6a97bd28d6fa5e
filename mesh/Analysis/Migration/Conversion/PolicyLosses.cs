using System.Globalization;
using Bookinfo.Mesh.Analysis.Migration.Findings;
using Bookinfo.Mesh.Istio.Model;

namespace Bookinfo.Mesh.Analysis.Migration.Conversion;

/// <summary>Lists what the policies of a DestinationRule do, none of which the Gateway API has.</summary>
internal static class PolicyLosses
{
    private const string Advice = "Istio applies a DestinationRule to Services that routes name: write one for the Service that "
        + "requests go to";

    /// <summary>Lists it for a DestinationRule that goes.</summary>
    public static void List(DestinationRule rule, FindingList findings)
    {
        List(rule, "spec.trafficPolicy", rule.TrafficPolicy, findings);
        for (var i = 0; i < rule.Subsets.Count; i++)
        {
            ListSubset(rule, i, findings);
        }
    }

    /// <summary>Lists it for a subset that a Service of its own takes the place of.</summary>
    public static void ListSubset(DestinationRule rule, int index, FindingList findings) => List(rule,
        string.Create(CultureInfo.InvariantCulture, $"spec.subsets[{index}].trafficPolicy"), rule.Subsets[index].TrafficPolicy, findings);

    private static void List(DestinationRule rule, string path, TrafficPolicy? policy, FindingList findings)
    {
        if (policy is null)
        {
            return;
        }

        Lost("loadBalancer", policy.LoadBalancer, "pods are picked as Istio does by default");
        Lost("connectionPool", policy.ConnectionPool, "there is no limit of requests and connections");
        Lost("outlierDetection", policy.OutlierDetection, "pods that fail are no longer left out");
        if (policy.Tls is { Mode: ClientTlsMode.Disable })
        {
            Lost("tls", policy.Tls, "connections are encrypted where both sides have a sidecar");
        }

        if (policy.PortLevelSettings.Count > 0)
        {
            findings.Lost(rule, $"{path}.portLevelSettings", "the ports have no policies of their own", Advice);
        }

        void Lost(string field, object? value, string message)
        {
            if (value is not null)
            {
                findings.Lost(rule, $"{path}.{field}", message, Advice);
            }
        }
    }
}
