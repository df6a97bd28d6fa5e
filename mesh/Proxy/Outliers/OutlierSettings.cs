using Bookinfo.Mesh.Istio.Model;

namespace Bookinfo.Mesh.Proxy.Outliers;

/// <summary>
/// The rules' outlierDetection with Istio's defaults filled in (<c>pilot/pkg/networking/core/cluster_traffic_policy.go:
/// applyOutlierDetection</c>).
/// </summary>
internal sealed class OutlierSettings(OutlierDetection rule)
{
    /// <summary>Envoy's <c>max_ejection_time</c>, which Istio does not set.</summary>
    private static readonly TimeSpan LongestEjection = TimeSpan.FromSeconds(300);

    private readonly HashSet<int> _errorCodes = [.. rule.OutlierDetectionHttpErrorCodes];

    /// <summary>0 is off.</summary>
    public int Consecutive5xx { get; } = rule.Consecutive5xxErrors ?? 5;

    /// <summary>0 is off.</summary>
    public int ConsecutiveGatewayErrors { get; } = rule.ConsecutiveGatewayErrors ?? 0;

    public bool SplitsLocalFailures { get; } = rule.SplitExternalLocalOriginErrors;

    /// <summary>0 is off.</summary>
    public int ConsecutiveLocalFailures { get; } = rule.ConsecutiveLocalOriginFailures ?? 5;

    public TimeSpan Interval { get; } = Or(rule.Interval, 10);

    public int MaxEjectionPercent { get; } = rule.MaxEjectionPercent ?? 10;

    public int MinHealthPercent { get; } = rule.MinHealthPercent ?? 0;

    private TimeSpan BaseEjectionTime { get; } = Or(rule.BaseEjectionTime, 30);

    public bool IsError(int status) => _errorCodes.Count > 0 ? _errorCodes.Contains(status) : status is >= 500 and <= 599;

    /// <summary>How long an endpoint is left out: the base so many times, at most 300 s, at least the base.</summary>
    public TimeSpan EjectionTime(int times)
    {
        var longest = BaseEjectionTime > LongestEjection ? BaseEjectionTime : LongestEjection;
        var wanted = BaseEjectionTime * times;
        return wanted < longest ? wanted : longest;
    }

    private static TimeSpan Or(TimeSpan? setting, int seconds) => setting > TimeSpan.Zero ? setting.Value : TimeSpan.FromSeconds(seconds);
}
