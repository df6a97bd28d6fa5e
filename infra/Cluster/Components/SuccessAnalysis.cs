using System.Globalization;
using Bookinfo.Cluster.Settings;
using Pulumi;
using static Bookinfo.Cluster.Resources.Fields;

namespace Bookinfo.Cluster.Components;

/// <summary>
/// How Argo Rollouts judges a canary: the share of its answers, as the receiving sidecar counts them, that are not server errors.
/// </summary>
internal static class SuccessAnalysis
{
    public static InputMap<object> Spec(DeliverySettings delivery) => new()
    {
        ["args"] = new object[] { Map(("name", "service")), Map(("name", "namespace")), Map(("name", "version")) },
        ["metrics"] = new object[]
        {
            Map(
                ("name", "success-rate"),
                ("interval", "30s"),
                ("failureLimit", 2),
                // There may be no calls at night: no answer, or nothing divided by nothing, is not a failure.
                ("successCondition", $"len(result) == 0 || isNaN(result[0]) || result[0] >= {Share(delivery.SuccessPercent)}"),
                ("provider", Map(("prometheus", Map(("address", delivery.Prometheus), ("query", Query)))))),
        },
    };

    // Argo Rollouts itself sets in what stands in double braces.
    private const string Canary =
        "reporter=\"destination\",destination_service_name=\"{{args.service}}\",destination_service_namespace=\"{{args.namespace}}\","
            + "destination_version=\"{{args.version}}\"";

    // A release that fails from its first request on has no good requests to count. Without the 0 that would be no answer, and so a
    // success.
    private const string Query =
        "(sum(rate(istio_requests_total{" + Canary + ",response_code!~\"5..\"}[2m])) or vector(0)) / "
            + "sum(rate(istio_requests_total{" + Canary + "}[2m]))";

    private static string Share(int percent) => (percent / 100.0).ToString("0.00", CultureInfo.InvariantCulture);
}
