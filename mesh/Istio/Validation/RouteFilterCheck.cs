using Bookinfo.Mesh.Istio.GatewayApi;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Problems;

namespace Bookinfo.Mesh.Istio.Validation;

/// <summary>Checks the filters of a rule and of its backends.</summary>
internal static class RouteFilterCheck
{
    private const int MostFilters = 16;
    private const int LongestPath = 1024;

    private static readonly string[] CorsMethods =
        ["GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH", "*"];

    /// <param name="path">The rule's path.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="matches">Its matches, by which a prefix is replaced.</param>
    /// <param name="findings">Where problems go.</param>
    public static void Check(RulePath path, RouteRule rule, IReadOnlyList<HttpRouteMatch> matches, Findings findings)
    {
        if (rule.BackendRefs.Count > 0 && rule.Filters.Any(filter => filter.Type == RouteFilterType.RequestRedirect))
        {
            findings.Error(path.Field("backendRefs"), "backendRefs cannot stand beside a RequestRedirect filter",
                "keep one of the two: a redirect is the answer");
        }

        Filters(path.Field("filters"), rule.Filters, matches, findings);
        for (var i = 0; i < rule.BackendRefs.Count; i++)
        {
            var at = path.Field("backendRefs").Item(i).Field("filters");
            var filters = rule.BackendRefs[i].Filters;
            Filters(at, filters, matches, findings);
            for (var f = 0; f < filters.Count; f++)
            {
                // conversion.go: buildHTTPDestination.
                if (filters[f].Type is not (RouteFilterType.RequestHeaderModifier or RouteFilterType.ResponseHeaderModifier))
                {
                    findings.Error(at.Item(f).Field("type"), "Istio applies only header changes to single backends",
                        "write the filter beside backendRefs, or make a rule of its own");
                }
            }
        }
    }

    private static void Filters(RulePath path, IReadOnlyList<RouteFilter> filters, IReadOnlyList<HttpRouteMatch> matches,
        Findings findings)
    {
        ReferenceCheck.Most(path, filters.Count, MostFilters, "filters", findings);
        if (filters.Any(filter => filter.Type == RouteFilterType.RequestRedirect)
            && filters.Any(filter => filter.Type == RouteFilterType.UrlRewrite))
        {
            findings.Error(path, "RequestRedirect cannot stand beside URLRewrite", "keep one of the two");
        }

        for (var i = 0; i < filters.Count; i++)
        {
            var filter = filters[i];
            var at = path.Item(i);
            if (filter.Type != RouteFilterType.RequestMirror && filters.Take(i).Any(other => other.Type == filter.Type))
            {
                findings.Error(at.Field("type"), "a filter of this type is there already", "join the two");
            }

            Headers(at.Field("requestHeaderModifier"), filter.RequestHeaderModifier, findings);
            Headers(at.Field("responseHeaderModifier"), filter.ResponseHeaderModifier, findings);
            Mirror(at.Field("requestMirror"), filter.RequestMirror, findings);
            Redirect(at.Field("requestRedirect"), filter.RequestRedirect, matches, findings);
            ReferenceCheck.Hostname(at.Field("urlRewrite").Field("hostname"), filter.UrlRewrite?.Hostname, false, findings);
            Path(at.Field("urlRewrite").Field("path"), filter.UrlRewrite?.Path, matches, findings);
            Cors(at.Field("cors"), filter.Cors, findings);
        }
    }

    private static void Headers(RulePath path, HeaderModifier? headers, Findings findings)
    {
        if (headers is null)
        {
            return;
        }

        foreach (var (field, list) in new[] { ("set", headers.Set), ("add", headers.Add) })
        {
            ReferenceCheck.Most(path.Field(field), list.Count, MostFilters, "headers", findings);
            for (var i = 0; i < list.Count; i++)
            {
                ReferenceCheck.HeaderName(path.Field(field).Item(i).Field("name"), list[i].Name, findings);
                if (list[i].Value.Length == 0)
                {
                    findings.Error(path.Field(field).Item(i).Field("value"), "a value is required", "remove takes a header away");
                }
                else
                {
                    CommonCheck.HeaderText(path.Field(field).Item(i).Field("value"), list[i].Value, findings);
                }
            }
        }

        for (var i = 0; i < headers.Remove.Count; i++)
        {
            ReferenceCheck.HeaderName(path.Field("remove").Item(i), headers.Remove[i], findings);
        }
    }

    private static void Mirror(RulePath path, RequestMirror? mirror, Findings findings)
    {
        if (mirror is null)
        {
            return;
        }

        ReferenceCheck.Backend(path.Field("backendRef"), mirror.BackendRef, findings);
        findings.Range(path.Field("percent"), mirror.Percent, 0, 100, "a percentage");
        if (mirror is { Percent: not null, Fraction: not null })
        {
            findings.Error(path.Field("fraction"), "fraction cannot stand beside percent", "keep one of the two");
        }

        if (mirror.Fraction is { } fraction)
        {
            var denominator = fraction.Denominator ?? 100;
            findings.Range(path.Field("fraction").Field("denominator"), denominator, 1, int.MaxValue, "a denominator");
            findings.Range(path.Field("fraction").Field("numerator"), fraction.Numerator, 0, denominator, "a numerator");
        }
    }

    private static void Redirect(RulePath path, RequestRedirect? redirect, IReadOnlyList<HttpRouteMatch> matches, Findings findings)
    {
        if (redirect is null)
        {
            return;
        }

        if (redirect.Scheme is not (null or "http" or "https"))
        {
            findings.Error(path.Field("scheme"), $"{Messages.Quote(redirect.Scheme)} is not a scheme for a redirect", "use http or https");
        }

        if (redirect.StatusCode is not (null or 301 or 302 or 303 or 307 or 308))
        {
            findings.Error(path.Field("statusCode"), $"{redirect.StatusCode} is not a redirect", "use 301, 302, 303, 307 or 308");
        }

        ReferenceCheck.Hostname(path.Field("hostname"), redirect.Hostname, false, findings);
        CommonCheck.Port(path.Field("port"), redirect.Port, findings);
        Path(path.Field("path"), redirect.Path, matches, findings);
    }

    private static void Path(RulePath path, PathModifier? modifier, IReadOnlyList<HttpRouteMatch> matches, Findings findings)
    {
        if (modifier is null)
        {
            return;
        }

        var (field, text) = modifier.ReplaceFullPath is { } full ? ("replaceFullPath", full)
            : ("replacePrefixMatch", modifier.ReplacePrefixMatch ?? "");
        if (text.Length > LongestPath)
        {
            findings.Error(path.Field(field), $"a path has at most {LongestPath} characters");
        }

        CommonCheck.HeaderText(path.Field(field), text, findings);
        var prefixes = matches.Count(match => match.Path?.Type is null or PathMatchType.PathPrefix);
        if (modifier.ReplacePrefixMatch is not null && !(matches.Count == 0 || (matches.Count == 1 && prefixes == 1)))
        {
            findings.Error(path.Field(field), "replacePrefixMatch needs exactly one match, which has a path of type PathPrefix",
                "make a rule for each prefix, or use replaceFullPath");
        }
    }

    private static void Cors(RulePath path, CorsFilter? cors, Findings findings)
    {
        if (cors is null)
        {
            return;
        }

        foreach (var (field, list) in new[]
        {
            ("allowOrigins", cors.AllowOrigins), ("allowMethods", cors.AllowMethods), ("allowHeaders", cors.AllowHeaders),
        })
        {
            if (list.Count > 1 && list.Contains("*"))
            {
                findings.Error(path.Field(field), "* already means all", "keep only that, or leave it out");
            }

            for (var i = 0; i < list.Count; i++)
            {
                CommonCheck.HeaderText(path.Field(field).Item(i), list[i], findings);
            }
        }

        for (var i = 0; i < cors.AllowMethods.Count; i++)
        {
            if (!CorsMethods.Contains(cors.AllowMethods[i]))
            {
                findings.Error(path.Field("allowMethods").Item(i), $"{Messages.Quote(cors.AllowMethods[i])} is not a method",
                    $"use {Messages.OneOf(CorsMethods)}");
            }
        }

        for (var i = 0; i < cors.ExposeHeaders.Count; i++)
        {
            ReferenceCheck.HeaderName(path.Field("exposeHeaders").Item(i), cors.ExposeHeaders[i], findings);
        }

        for (var i = 0; i < cors.AllowOrigins.Count; i++)
        {
            var origin = cors.AllowOrigins[i];
            if (origin != "*" && !origin.StartsWith("http://", StringComparison.Ordinal)
                && !origin.StartsWith("https://", StringComparison.Ordinal))
            {
                findings.Error(path.Field("allowOrigins").Item(i), $"{Messages.Quote(origin)} is not an origin",
                    "write scheme and host, such as https://example.com, or *");
            }
        }

        if (cors.MaxAge < 1)
        {
            findings.Error(path.Field("maxAge"), "maxAge is at least 1 second", "leave it out for 5 seconds");
        }
    }
}
