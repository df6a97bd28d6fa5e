using System.Globalization;

namespace Bookinfo.Mesh.Lab.Canary;

/// <summary>The Istio rule of a step: the VirtualService that one would apply on a cluster.</summary>
internal static class CanaryRule
{
    /// <summary>Writes it.</summary>
    /// <param name="plan">Which service and releases.</param>
    /// <param name="percent">The new release's share, 0 to 100.</param>
    public static string Write(CanaryPlan plan, int percent) => string.Create(CultureInfo.InvariantCulture, $"""
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata:
          name: {plan.Service}
        spec:
          hosts:
          - {plan.Service}
          http:
          - route:
            - destination:
                host: {plan.Service}
                subset: {plan.From}
              weight: {100 - percent}
            - destination:
                host: {plan.Service}
                subset: {plan.To}
              weight: {percent}

        """);
}
