using System.Text.RegularExpressions;
using Bookinfo.Mesh.Istio.Expressions;
using Bookinfo.Mesh.Istio.GatewayApi;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Problems;
using HttpRoute = Bookinfo.Mesh.Istio.GatewayApi.HttpRoute;

namespace Bookinfo.Mesh.Istio.Validation;

/// <summary>Checks HTTPRoute and GRPCRoute of the Gateway API.</summary>
internal static partial class RouteCheck
{
    private const int MostRules = 16;
    private const int MostMatches = 64;
    private const int MostMatchesOfAll = 128;
    private const int HeaviestWeight = 1_000_000;

    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH"];

    public static void Check(HttpRoute route, Findings findings)
    {
        Route(route, [.. route.Rules.Select(rule => (RouteRule)rule)], route.Rules.Sum(rule => rule.Matches.Count), findings);
        for (var i = 0; i < route.Rules.Count; i++)
        {
            var path = RulePathOf(i);
            var rule = route.Rules[i];
            ReferenceCheck.Most(path.Field("matches"), rule.Matches.Count, MostMatches, "matches", findings);
            for (var m = 0; m < rule.Matches.Count; m++)
            {
                Match(path.Field("matches").Item(m), rule.Matches[m], findings);
            }

            RouteFilterCheck.Check(path, rule, rule.Matches, findings);
            Timeouts(path.Field("timeouts"), rule.Timeouts, findings);
            RouteExtensionCheck.Check(path.Field("retry"), rule.Retry, findings);
        }
    }

    public static void Check(GrpcRoute route, Findings findings)
    {
        Route(route, [.. route.Rules.Select(rule => (RouteRule)rule)], route.Rules.Sum(rule => rule.Matches.Count), findings);
        for (var i = 0; i < route.Rules.Count; i++)
        {
            var path = RulePathOf(i);
            var rule = route.Rules[i];
            ReferenceCheck.Most(path.Field("matches"), rule.Matches.Count, MostMatches, "matches", findings);
            for (var m = 0; m < rule.Matches.Count; m++)
            {
                Method(path.Field("matches").Item(m).Field("method"), rule.Matches[m].Method, findings);
                Values(path.Field("matches").Item(m).Field("headers"), rule.Matches[m].Headers, findings);
            }

            RouteFilterCheck.Check(path, rule, [], findings);
        }
    }

    private static RulePath RulePathOf(int index) => Findings.Spec.Field("rules").Item(index);

    private static void Route(RouteResource route, IReadOnlyList<RouteRule> rules, int matches, Findings findings)
    {
        ReferenceCheck.Parents(Findings.Spec.Field("parentRefs"), route.ParentRefs, findings);
        ReferenceCheck.Hostnames(Findings.Spec.Field("hostnames"), route.Hostnames, findings);
        ReferenceCheck.Most(Findings.Spec.Field("rules"), rules.Count, MostRules, "rules", findings);
        ReferenceCheck.Most(Findings.Spec.Field("rules"), matches, MostMatchesOfAll, "matches in all", findings);
        for (var i = 0; i < rules.Count; i++)
        {
            ReferenceCheck.SectionName(RulePathOf(i).Field("name"), rules[i].Name, findings);
            RouteExtensionCheck.Check(RulePathOf(i).Field("sessionPersistence"), rules[i].SessionPersistence, findings);
            var backends = RulePathOf(i).Field("backendRefs");
            ReferenceCheck.Most(backends, rules[i].BackendRefs.Count, 16, "backendRefs", findings);
            for (var b = 0; b < rules[i].BackendRefs.Count; b++)
            {
                var backend = rules[i].BackendRefs[b];
                ReferenceCheck.Backend(backends.Item(b), backend, findings);
                findings.Range(backends.Item(b).Field("weight"), backend.Weight, 0, HeaviestWeight, "a weight");
            }
        }
    }

    private static void Match(RulePath path, HttpRouteMatch match, Findings findings)
    {
        Path(path.Field("path").Field("value"), match.Path, findings);
        Values(path.Field("headers"), match.Headers, findings);
        Values(path.Field("queryParams"), match.QueryParams, findings);
        if (match.Method is not null && !Methods.Contains(match.Method))
        {
            findings.Error(path.Field("method"), $"{Messages.Quote(match.Method)} is not a method of the Gateway API",
                $"use {Messages.OneOf(Methods)}");
        }
    }

    private static void Path(RulePath path, PathMatch? match, Findings findings)
    {
        if (match?.Value is not { } value)
        {
            return;
        }

        if (match.Type == PathMatchType.RegularExpression)
        {
            Expression(path, value, findings);
        }
        else if (!value.StartsWith('/'))
        {
            findings.Error(path, $"the path {Messages.Quote(value)} does not start with a slash", $"write /{value}");
        }
        else if (ForbiddenInPath().Match(value) is { Success: true } forbidden)
        {
            findings.Error(path, $"a path cannot have {forbidden.Value}: requests are matched in their normal form", "leave it out");
        }
        else if (!PathCharacters().IsMatch(value))
        {
            findings.Error(path, $"{Messages.Quote(value)} has a character that a path cannot have", "write it as %20 and the like");
        }
    }

    private static void Values(RulePath path, IReadOnlyList<NamedValueMatch> values, Findings findings)
    {
        ReferenceCheck.Most(path, values.Count, 16, "entries", findings);
        for (var i = 0; i < values.Count; i++)
        {
            var value = values[i];
            ReferenceCheck.HeaderName(path.Item(i).Field("name"), value.Name, findings);
            if (value.Value.Length == 0)
            {
                findings.Error(path.Item(i).Field("value"), "a value is required");
            }
            else if (value.Type == ValueMatchType.RegularExpression)
            {
                Expression(path.Item(i).Field("value"), value.Value, findings);
            }

            if (values.Take(i).Any(other => other.Name == value.Name))
            {
                findings.Error(path.Item(i).Field("name"), $"{Messages.Quote(value.Name)} is there twice", "leave one of the two out");
            }
        }
    }

    private static void Method(RulePath path, GrpcMethodMatch? method, Findings findings)
    {
        if (method is null)
        {
            return;
        }

        if (string.IsNullOrEmpty(method.Service) && string.IsNullOrEmpty(method.Method))
        {
            findings.Error(path, "a method match names a service, a method or both", "write service: ... or method: ...");
        }

        Name("service", method.Service, ServiceName());
        Name("method", method.Method, MethodName());

        void Name(string field, string? name, Regex exact)
        {
            if (string.IsNullOrEmpty(name))
            {
                return;
            }

            if (method.Type == ValueMatchType.RegularExpression)
            {
                Expression(path.Field(field), name, findings);
            }
            else if (!exact.IsMatch(name))
            {
                findings.Error(path.Field(field), $"{Messages.Quote(name)} is not a name of a gRPC {field}",
                    field == "service" ? "write it as bookinfo.Ratings" : "write it as GetRatings");
            }
        }
    }

    private static void Timeouts(RulePath path, HttpRouteTimeouts? timeouts, Findings findings)
    {
        if (timeouts is null)
        {
            return;
        }

        Duration(path.Field("request"), timeouts.Request, findings);
        Duration(path.Field("backendRequest"), timeouts.BackendRequest, findings);
        if (timeouts.BackendRequest > timeouts.Request && timeouts.Request > TimeSpan.Zero)
        {
            findings.Error(path.Field("backendRequest"), "one try cannot take longer than the request with all its tries",
                "make it shorter, or request longer");
        }
    }

    /// <summary>Zero is without a limit here.</summary>
    private static void Duration(RulePath path, TimeSpan? duration, Findings findings)
    {
        if (duration != TimeSpan.Zero)
        {
            CommonCheck.Duration(path, duration, findings);
        }
    }

    private static void Expression(RulePath path, string expression, Findings findings)
    {
        if (Re2.FindError(expression) is { } error)
        {
            findings.Error(path, $"{Messages.Quote(expression)} is not an RE2 expression: {error}");
        }
    }

    [GeneratedRegex(@"//|/\./|/\.\./|%2f|%2F|#|/\.\.\z|/\.\z")]
    private static partial Regex ForbiddenInPath();

    [GeneratedRegex(@"^(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|[%][0-9a-fA-F]{2})+\z")]
    private static partial Regex PathCharacters();

    [GeneratedRegex(@"^\.?[A-Za-z_][A-Za-z_0-9]*(\.[A-Za-z_][A-Za-z_0-9]*)*\z")]
    private static partial Regex ServiceName();

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z_0-9]*\z")]
    private static partial Regex MethodName();
}
