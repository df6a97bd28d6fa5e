using Bookinfo.Mesh.Istio.Model;

namespace Bookinfo.Mesh.Istio.Validation;

/// <summary>Checks a route (<c>validateHTTPRoute</c>).</summary>
internal static class HttpRouteCheck
{
    public static void Check(RulePath path, HttpRoute route, bool isDelegate, Findings findings)
    {
        Conflicts(path, route, isDelegate, findings);
        for (var i = 0; i < route.Match.Count; i++)
        {
            HttpMatchCheck.Check(path.Field("match").Item(i), route.Match[i], findings);
        }

        HeadersCheck.Check(path.Field("headers"), route.Headers, findings);
        HeadersCheck.Authority(path, route, findings);
        HttpPolicyCheck.Cors(path.Field("corsPolicy"), route.CorsPolicy, findings);
        HttpPolicyCheck.Fault(path.Field("fault"), route.Fault, findings);
        HttpPolicyCheck.Retries(path.Field("retries"), route.Retries, findings);
        HttpActionCheck.Redirect(path.Field("redirect"), route, findings);
        HttpActionCheck.DirectResponse(path.Field("directResponse"), route.DirectResponse, findings);
        HttpActionCheck.Rewrite(path.Field("rewrite"), route.Rewrite, findings);
        DestinationCheck.Mirrors(path, route, findings);
        DestinationCheck.Weighted(path.Field("route"), route.Route, findings);
        CommonCheck.Duration(path.Field("timeout"), route.Timeout, findings);
    }

    /// <summary>One thing becomes of a request (<c>validateHTTPRouteConflict</c>).</summary>
    private static void Conflicts(RulePath path, HttpRoute route, bool isDelegate, Findings findings)
    {
        if (route.Delegate is not null)
        {
            Delegate(path, route, isDelegate, findings);
            return;
        }

        var answer = route.Redirect is not null ? "redirect" : "directResponse";
        if (route.Redirect is not null || route.DirectResponse is not null)
        {
            Refuse(route.Redirect is not null && route.DirectResponse is not null, "directResponse", answer);
            Refuse(route.Route.Count > 0, "route", answer);
            Refuse(route.Fault is not null, "fault", answer);
            Refuse(route.Rewrite is not null, "rewrite", answer);
        }
        else if (route.Route.Count == 0)
        {
            findings.Error(path, isDelegate ? "the route says nothing of what becomes of a request" : "the route leads nowhere",
                "add route, redirect, directResponse or delegate");
        }

        Refuse(route.Mirror is not null && route.Mirrors.Count > 0, "mirrors", "mirror");

        void Refuse(bool isThere, string field, string beside)
        {
            if (isThere)
            {
                findings.Error(path.Field(field), $"{field} cannot stand beside {beside}", "keep one of the two, or make two routes");
            }
        }
    }

    private static void Delegate(RulePath path, HttpRoute route, bool isDelegate, Findings findings)
    {
        var at = path.Field("delegate");
        if (isDelegate)
        {
            findings.Error(at, "a delegate cannot delegate in its turn", "name the VirtualService with the routes directly");
        }

        if (route.Delegate!.Name.Length == 0)
        {
            findings.Error(at, "a delegate has a name");
        }

        if (route.Redirect is not null || route.Route.Count > 0 || route.DirectResponse is not null)
        {
            var other = route.Redirect is not null ? "redirect" : route.Route.Count > 0 ? "route" : "directResponse";
            findings.Error(path.Field(other), $"{other} cannot stand beside delegate",
                "the delegate's routes say what becomes of a request");
        }
    }
}
