using System.Globalization;
using Bookinfo.Mesh.Istio.Model;
using Api = Bookinfo.Mesh.Istio.GatewayApi;

namespace Bookinfo.Mesh.Analysis.Migration.Conversion;

/// <summary>
/// Reads retries as the Gateway API's experimental channel has them: after failures to connect, and after status codes that are named
/// (<c>pilot/pkg/config/kube/gateway/conversion.go: convertHTTPRoute</c>).
/// </summary>
internal static class RetryReader
{
    private const int LowestCode = 400;
    private const int HighestCode = 599;

    /// <summary>What istiod always adds, and what it takes where a VirtualService names nothing.</summary>
    private static readonly string[] Always = ["connect-failure", "refused-stream", "unavailable", "cancelled"];

    /// <summary>The retries; null where the Gateway API has no words for them: it does not switch them off.</summary>
    /// <param name="retries">Retries of a VirtualService.</param>
    public static Api.HttpRouteRetry? Read(HttpRetry retries)
    {
        var conditions = retries.RetryOn?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? Always;
        var codes = conditions.Except(Always)
            .Select(code => int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0).ToList();
        return retries.Attempts == 0 || Always.Except(conditions).Any() || codes.Exists(code => code is < LowestCode or > HighestCode)
            || retries.RetryIgnorePreviousHosts == false
            ? null
            : new Api.HttpRouteRetry { Attempts = retries.Attempts, Codes = codes, Backoff = retries.Backoff };
    }

    /// <summary>The conditions of retries after these codes.</summary>
    public static string RetryOn(IEnumerable<int> codes) =>
        string.Join(',', [.. Always, .. codes.Select(code => code.ToString(CultureInfo.InvariantCulture))]);
}
