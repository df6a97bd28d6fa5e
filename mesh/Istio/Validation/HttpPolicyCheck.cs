using System.Globalization;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Names;
using Bookinfo.Mesh.Istio.Problems;

namespace Bookinfo.Mesh.Istio.Validation;

/// <summary>
/// Checks retries, faults and CORS (<c>ValidateHTTPRetry</c>, <c>validateHTTPFaultInjection</c>, <c>validateCORSPolicy</c>).
/// </summary>
internal static class HttpPolicyCheck
{
    /// <summary>Below this a share counts as a mistake: Envoy counts in millionths (<c>validatePercentage</c>).</summary>
    private const double LeastPercentage = 0.0001;

    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "CONNECT", "OPTIONS", "TRACE", "*"];

    public static void Retries(RulePath path, HttpRetry? retries, Findings findings)
    {
        if (retries is null)
        {
            return;
        }

        findings.Range(path.Field("attempts"), retries.Attempts, 0, int.MaxValue, "the number of retries");
        if (retries.Attempts == 0 && (retries.PerTryTimeout is not null || retries.RetryOn is not null))
        {
            findings.Error(path, "attempts is 0, which switches retries off, and there are settings for them",
                "set attempts, or leave the rest out");
        }

        CommonCheck.Duration(path.Field("perTryTimeout"), retries.PerTryTimeout, findings);
        CommonCheck.Duration(path.Field("backoff"), retries.Backoff, findings);
        foreach (var condition in retries.RetryOn?.Split(',') ?? [])
        {
            RetryCondition(path.Field("retryOn"), condition, findings);
        }
    }

    public static void Fault(RulePath path, HttpFaultInjection? fault, Findings findings)
    {
        if (fault is null)
        {
            return;
        }

        if (fault.Delay is null && fault.Abort is null)
        {
            findings.Error(path, "a fault has a delay, an abort or both");
        }

        if (fault.Delay is { } delay)
        {
            Percentage(path.Field("delay"), delay.Percentage, "delayed", findings);
            if (delay.FixedDelay == TimeSpan.Zero)
            {
                findings.Warning(path.Field("delay"), "fixedDelay is missing: no request is delayed", "add fixedDelay: 7s");
            }
            else
            {
                CommonCheck.Duration(path.Field("delay").Field("fixedDelay"), delay.FixedDelay, findings);
            }
        }

        if (fault.Abort is { } abort)
        {
            Abort(path.Field("abort"), abort, findings);
        }
    }

    public static void Cors(RulePath path, CorsPolicy? cors, Findings findings)
    {
        if (cors is null)
        {
            return;
        }

        for (var i = 0; i < cors.AllowOrigins.Count; i++)
        {
            Origin(path.Field("allowOrigins").Item(i), cors.AllowOrigins[i], findings);
        }

        for (var i = 0; i < cors.AllowMethods.Count; i++)
        {
            if (!Methods.Contains(cors.AllowMethods[i]))
            {
                findings.Error(path.Field("allowMethods").Item(i), $"{Messages.Quote(cors.AllowMethods[i])} is not a method",
                    $"use {Messages.OneOf(Methods)}");
            }
        }

        HeaderNames(path.Field("allowHeaders"), cors.AllowHeaders, findings);
        HeaderNames(path.Field("exposeHeaders"), cors.ExposeHeaders, findings);
        CommonCheck.Duration(path.Field("maxAge"), cors.MaxAge, findings);
        if (cors.MaxAge?.Ticks % TimeSpan.TicksPerSecond > 0)
        {
            findings.Error(path.Field("maxAge"), "maxAge has whole seconds", "write it as 600s or 10m");
        }
    }

    private static void RetryCondition(RulePath path, string condition, Findings findings)
    {
        var isStatus = int.TryParse(condition, NumberStyles.None, CultureInfo.InvariantCulture, out var status)
            && status is >= 100 and <= 599;
        if (!isStatus && RetryOn.Find(condition) is null)
        {
            var near = condition != condition.Trim() ? condition.Trim() : Messages.Nearest(condition, RetryOn.Words);
            findings.Error(
                path,
                $"{Messages.Quote(condition)} is not a condition for a retry",
                near is null ? $"use {Messages.OneOf(RetryOn.Words)}, or a status code" : condition == $" {near}"
                    ? "separate conditions by commas without blanks" : $"did you mean {near}?");
        }
    }

    private static void Abort(RulePath path, HttpFaultAbort abort, Findings findings)
    {
        Percentage(path, abort.Percentage, "aborted", findings);
        if (abort is { HttpStatus: not null, GrpcStatus: not null })
        {
            findings.Error(path, "only one of httpStatus and grpcStatus can be set");
        }
        else if (abort.HttpStatus is not null)
        {
            findings.Range(path.Field("httpStatus"), abort.HttpStatus, 200, 599, "an HTTP status");
        }
        else if (abort.GrpcStatus is null)
        {
            findings.Warning(path, "the status is missing: no request is aborted", "add httpStatus: 500, or grpcStatus: UNAVAILABLE");
        }
        else if (!GrpcStatusNames.All.Contains(abort.GrpcStatus))
        {
            var near = Messages.Nearest(abort.GrpcStatus, GrpcStatusNames.All);
            findings.Error(
                path.Field("grpcStatus"), $"{Messages.Quote(abort.GrpcStatus)} is not a gRPC status",
                    near is null ? $"use {Messages.OneOf(GrpcStatusNames.All)}" : $"did you mean {near}?");
        }
    }

    private static void Percentage(RulePath path, double? percentage, string what, Findings findings)
    {
        if (percentage is null)
        {
            findings.Warning(path, $"percentage is missing: no request is {what}", "add percentage: {value: 100}");
        }
        else if (percentage is > 0 and < LeastPercentage)
        {
            findings.Error(path.Field("percentage").Field("value"), string.Create(null, $"{percentage} is too small for a percentage"),
                "use 0, or 0.0001 to 100");
        }
        else
        {
            findings.Range(path.Field("percentage").Field("value"), percentage, 0, 100, "a percentage");
        }
    }

    private static void Origin(RulePath path, StringMatch origin, Findings findings)
    {
        var set = new[] { origin.Exact, origin.Prefix, origin.Regex }.Where(each => each is not null).ToList();
        if (set.Count != 1 || set[0]!.Length == 0)
        {
            findings.Error(path, "an origin is given by one of exact, prefix and regex, and not empty", "write exact: https://example.com");
        }
        else if (origin.Regex is not null)
        {
            HttpMatchCheck.Regex(path.Field("regex"), origin.Regex, findings);
        }
    }

    private static void HeaderNames(RulePath path, IReadOnlyList<string> names, Findings findings)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (!HeadersCheck.IsName(names[i]))
            {
                findings.Error(path.Item(i), $"{Messages.Quote(names[i])} is not a name for a header");
            }
        }
    }
}
