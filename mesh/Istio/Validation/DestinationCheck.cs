using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Names;
using Bookinfo.Mesh.Istio.Problems;

namespace Bookinfo.Mesh.Istio.Validation;

/// <summary>
/// Checks destinations and their weights (<c>validateHTTPRouteDestinations</c>, <c>validateDestination</c>, <c>validateHTTPMirrors</c>).
/// </summary>
internal static class DestinationCheck
{
    public static void Weighted(RulePath path, IReadOnlyList<HttpRouteDestination> routes, Findings findings)
    {
        var total = 0L;
        var negative = false;
        for (var i = 0; i < routes.Count; i++)
        {
            var at = path.Item(i);
            HeadersCheck.Check(at.Field("headers"), routes[i].Headers, findings);
            Destination(at.Field("destination"), routes[i].Destination, findings);
            findings.Range(at.Field("weight"), routes[i].Weight, 0, int.MaxValue, "weights");
            total += routes[i].Weight;
            negative |= routes[i].Weight < 0;
        }

        if (negative)
        {
            return;
        }

        switch (routes.Count)
        {
            case > 1 when total == 0:
                findings.Error(path, $"the weights of {routes.Count} destinations come to 0", "give at least one of them a weight above 0");
                break;
            case > 1 when total > int.MaxValue:
                findings.Error(path, $"the weights come to {total}, more than {int.MaxValue}",
                    "use smaller ones: only their proportion counts");
                break;
            case 1 when routes[0].Weight is > 0 and not 100:
                findings.Note(path.Item(0).Field("weight"),
                    $"a single destination gets all requests, whatever its weight ({routes[0].Weight})",
                        "leave the weight out, or add the other destination");
                break;
        }
    }

    public static void Mirrors(RulePath path, HttpRoute route, Findings findings)
    {
        if (route.Mirror is not null)
        {
            Destination(path.Field("mirror"), route.Mirror, findings);
        }

        findings.Range(path.Field("mirrorPercentage"), route.MirrorPercentage, 0, 100, "a percentage");
        if (route.Mirror is null && route.MirrorPercentage is not null)
        {
            findings.Warning(path.Field("mirrorPercentage"), "mirrorPercentage does nothing without mirror",
                "mirrors have a percentage of their own");
        }

        for (var i = 0; i < route.Mirrors.Count; i++)
        {
            var at = path.Field("mirrors").Item(i);
            Destination(at.Field("destination"), route.Mirrors[i].Destination, findings);
            findings.Range(at.Field("percentage"), route.Mirrors[i].Percentage, 0, 100, "a percentage");
        }
    }

    private static void Destination(RulePath path, Destination destination, Findings findings)
    {
        if (destination.Host == "*")
        {
            findings.Error(path.Field("host"), "a destination is one service, not *");
        }
        else
        {
            CommonCheck.WildcardHost(path.Field("host"), destination.Host, findings);
        }

        if (destination.Subset is not null && !DnsNames.IsDnsLabel(destination.Subset))
        {
            findings.Error(path.Field("subset"), $"{Messages.Quote(destination.Subset)} is not a name for a subset",
                "use letters, digits and hyphens, such as v1");
        }

        CommonCheck.Port(path.Field("port").Field("number"), destination.Port, findings);
    }
}
