using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Problems;

namespace Bookinfo.Mesh.Istio.Analysis;

/// <summary>Parts of a route that are set and do nothing.</summary>
internal static class RouteEffectAnalysis
{
    public static IEnumerable<Problem> Analyze(VirtualService service) =>
        service.Http.SelectMany((route, i) => Of(service, route, $"spec.http[{i}]"));

    private static IEnumerable<Problem> Of(VirtualService service, HttpRoute route, string path) =>
        [.. Shares(service, route, path), .. Destinations(service, route, path), .. Answers(service, route, path)];

    /// <summary>A share of 0 % switches off what it stands at.</summary>
    private static IEnumerable<Problem> Shares(VirtualService service, HttpRoute route, string path)
    {
        IEnumerable<(double? Share, string Path, string Consequence)> shares =
        [
            (route.Fault?.Delay?.Percentage, "fault.delay.percentage", "no request is delayed"),
            (route.Fault?.Abort?.Percentage, "fault.abort.percentage", "no request is aborted"),
            (route.Mirror is null ? null : route.MirrorPercentage, "mirrorPercentage", "no request is mirrored"),
            .. route.Mirrors.Select((mirror, i) => (mirror.Percentage, $"mirrors[{i}].percentage", "no request is mirrored")),
        ];
        return shares.Where(share => share.Share is 0).Select(share => service.Problem(
            MessageTypes.NoEffect, $"{path}.{share.Path}", $"the percentage is 0: {share.Consequence}", "give it a value up to 100, or "
            + "leave it out"));
    }

    private static IEnumerable<Problem> Destinations(VirtualService service, HttpRoute route, string path)
    {
        if (route is { Route: [{ Destination: var only }], Mirror: { } mirror } && mirror == only)
        {
            yield return service.Problem(MessageTypes.Hint, $"{path}.mirror",
                "the mirror is the route's own destination: it gets these requests twice", "mirror to another host or subset");
        }

        for (var i = 1; i < route.Route.Count; i++)
        {
            if (IsSameAsBefore(route, i))
            {
                yield return service.Problem(MessageTypes.Hint, $"{path}.route[{i}].destination",
                    "an entry before it has the same destination: their weights count together", "name another host or subset");
            }
        }
    }

    private static bool IsSameAsBefore(HttpRoute route, int index) =>
        route.Route[index].Headers is null
        && route.Route.Take(index).Any(each => each.Headers is null && each.Destination == route.Route[index].Destination);

    /// <summary>
    /// Nothing is forwarded where the gateway or sidecar answers by itself, so that headers of the request are not changed
    /// (<c>source/common/router/config_impl.h: DirectResponseEntry</c>, of which only the answer's headers are finished). Without origins
    /// no origin is allowed, and the request goes on as if there were no policy (<c>cors_filter.cc: isOriginAllowed</c>).
    /// </summary>
    private static IEnumerable<Problem> Answers(VirtualService service, HttpRoute route, string path)
    {
        if (route is { CorsPolicy.AllowOrigins.Count: 0 })
        {
            yield return service.Problem(MessageTypes.NoEffect, $"{path}.corsPolicy",
                "corsPolicy does nothing without allowOrigins: no origin is allowed", "add allowOrigins: [{exact: https://example.com}]");
        }

        if (route.Headers?.Request is not null && (route.Redirect is not null || route.DirectResponse is not null))
        {
            yield return service.Problem(MessageTypes.NoEffect, $"{path}.headers.request",
                "headers.request does nothing: the gateway or sidecar answers these requests itself",
                "headers.response changes the answer");
        }

        if (route.Redirect is { Uri: { } uri, Authority: null, Scheme: null, Port: null, DerivePort: null }
            && route.Match.Any(match => match.Uri?.Exact == uri && match.Headers.Count + match.QueryParams.Count == 0))
        {
            yield return service.Problem(MessageTypes.RequestsFail, $"{path}.redirect.uri",
                $"requests for {Messages.Quote(uri)} are sent to where they come from, again and again",
                "redirect to another path or host");
        }
    }
}
