using Bookinfo.Mesh.GatewayApi.Parents;
using Bookinfo.Mesh.Istio.Model;
using Api = Bookinfo.Mesh.Istio.GatewayApi;

namespace Bookinfo.Mesh.GatewayApi.Routes;

/// <summary>Turns filters into the fields of a VirtualService's route (<c>conversion.go: convertHTTPRoute, create...Filter</c>).</summary>
internal static class RouteFilters
{
    /// <summary>The route with the rule's filters.</summary>
    /// <param name="route">The route.</param>
    /// <param name="filters">The filters.</param>
    /// <param name="resolve">Finds the destination of a mirror, the filter at a position, or says what is wrong with it.</param>
    /// <param name="refusal">What is wrong with a mirror, which is left out; null for nothing.</param>
    public static HttpRoute Apply(HttpRoute route, IReadOnlyList<Api.RouteFilter> filters,
        Func<Api.BackendObjectReference, int, (Destination Destination, Refusal? Refusal)> resolve, out Refusal? refusal)
    {
        refusal = null;
        for (var i = 0; i < filters.Count; i++)
        {
            switch (filters[i])
            {
                case { RequestMirror: { } mirror }:
                    var (destination, wrong) = resolve(mirror.BackendRef, i);
                    refusal ??= wrong;
                    route = wrong is not null ? route : route with { Mirrors = [.. route.Mirrors, Mirror(mirror, destination)] };
                    break;
                case { RequestRedirect: { } redirect }:
                    route = route with { Redirect = Redirect(redirect) };
                    break;
                case { UrlRewrite: { } rewrite }:
                    route = route with { Rewrite = Rewrite(rewrite) };
                    break;
                case { Cors: { } cors }:
                    route = route with { CorsPolicy = CorsPolicies.Of(cors) };
                    break;
            }
        }

        return route with { Headers = Headers(filters) };
    }

    /// <summary>The changes to headers; null for none.</summary>
    public static Headers? Headers(IReadOnlyList<Api.RouteFilter> filters)
    {
        var request = filters.Select(filter => filter.RequestHeaderModifier).FirstOrDefault(changes => changes is not null);
        var response = filters.Select(filter => filter.ResponseHeaderModifier).FirstOrDefault(changes => changes is not null);
        return request is null && response is null ? null : new Headers { Request = Operations(request), Response = Operations(response) };
    }

    private static HeaderOperations? Operations(Api.HeaderModifier? changes) => changes is null ? null : new HeaderOperations
    {
        Set = Values(changes.Set),
        Add = Values(changes.Add),
        Remove = changes.Remove,
    };

    /// <summary>Of two entries with one name, case aside, the first counts (<c>headerListToMap</c>).</summary>
    private static Dictionary<string, string> Values(IReadOnlyList<Api.HttpHeader> headers)
    {
        var values = new Dictionary<string, string>();
        foreach (var header in headers)
        {
            // A single percent sign begins a variable of Envoy's in a VirtualService; the Gateway API has none.
            values.TryAdd(header.Name.ToLowerInvariant(), header.Value.Replace("%", "%%", StringComparison.Ordinal));
        }

        return values;
    }

    private static HttpMirrorPolicy Mirror(Api.RequestMirror mirror, Destination destination) => new()
    {
        Destination = destination,
        Percentage = mirror.Fraction is { } fraction ? 100.0 * fraction.Numerator / (fraction.Denominator ?? 100) : mirror.Percent,
    };

    private static HttpRewrite? Rewrite(Api.UrlRewrite rewrite)
    {
        var prefix = rewrite.Path?.ReplacePrefixMatch is { } text ? WithoutSlash(text) : null;
        return (prefix, rewrite.Path?.ReplaceFullPath, rewrite.Hostname) is (null, null, null) ? null : new HttpRewrite
        {
            // "/" means removing the prefix.
            Uri = prefix is "" ? "/" : prefix,
            UriRegexRewrite = rewrite.Path?.ReplaceFullPath is { } full
                ? new RegexRewrite { Match = "/.*", Rewrite = full.Replace(@"\", @"\\", StringComparison.Ordinal) } : null,
            Authority = rewrite.Hostname,
        };
    }

    private static string WithoutSlash(string path) => path.EndsWith('/') ? path[..^1] : path;

    private static HttpRedirect Redirect(Api.RequestRedirect redirect) => new()
    {
        RedirectCode = redirect.StatusCode ?? 302,
        Authority = redirect.Hostname,
        Scheme = redirect.Scheme,
        Port = redirect.Port,

        // Without a port, the one that the scheme implies, or that of the request.
        DerivePort = redirect.Port is not null ? null
            : redirect.Scheme is not null ? RedirectPortSelection.FromProtocolDefault : RedirectPortSelection.FromRequestPort,
        Uri = redirect.Path?.ReplaceFullPath,
        PrefixRewrite = redirect.Path?.ReplacePrefixMatch,
    };
}
