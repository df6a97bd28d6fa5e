using System.Text.RegularExpressions;
using Bookinfo.Mesh.Istio.GatewayApi;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Problems;

namespace Bookinfo.Mesh.Istio.Validation;

/// <summary>
/// Checks what routes have in the experimental channel only (<c>config/crd/experimental</c> of kubernetes-sigs/gateway-api, v1.6).
/// </summary>
internal static partial class RouteExtensionCheck
{
    private const int LongestSessionName = 128;

    public static void Check(RulePath path, HttpRouteRetry? retry, Findings findings)
    {
        if (retry is null)
        {
            return;
        }

        findings.Range(path.Field("attempts"), retry.Attempts, 1, int.MaxValue, "a number of retries");
        CommonCheck.Duration(path.Field("backoff"), retry.Backoff, findings);
        for (var i = 0; i < retry.Codes.Count; i++)
        {
            findings.Range(path.Field("codes").Item(i), retry.Codes[i], 400, 599, "a status that is retried");
        }
    }

    public static void Check(RulePath path, SessionPersistence? session, Findings findings)
    {
        if (session is null)
        {
            return;
        }

        CommonCheck.Duration(path.Field("absoluteTimeout"), session.AbsoluteTimeout, findings);
        if (session.SessionName is { } name && (name.Length > LongestSessionName || !Token().IsMatch(name)))
        {
            findings.Error(path.Field("sessionName"), $"{Messages.Quote(name)} is not a name of a cookie or header",
                $"use letters, digits and hyphens, at most {LongestSessionName}");
        }

        var lifetime = path.Field("cookieConfig").Field("lifetimeType");
        if (session is { Type: SessionPersistenceType.Header, LifetimeType: not null })
        {
            findings.Error(path.Field("cookieConfig"), "a session that is told by a header has no cookie", "remove cookieConfig");
        }
        else if (session is { LifetimeType: CookieLifetime.Permanent, AbsoluteTimeout: null })
        {
            findings.Error(lifetime, "a permanent cookie needs an end", "write absoluteTimeout: 1h beside cookieConfig");
        }
    }

    /// <summary>A token of RFC 9110.</summary>
    [GeneratedRegex(@"^[A-Za-z0-9!#$%&'*+.^_`|~-]+\z")]
    private static partial Regex Token();
}
