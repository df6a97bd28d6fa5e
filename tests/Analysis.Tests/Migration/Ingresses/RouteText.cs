using System.Globalization;
using Bookinfo.Mesh.Analysis.Migration;
using Bookinfo.Mesh.Istio.GatewayApi;

namespace Bookinfo.Tests.Analysis.Migration.Ingresses;

/// <summary>Rules of HTTPRoutes in a line each: match, then redirect, rewrite or CORS, then backends.</summary>
internal static class RouteText
{
    /// <summary>All rules of all routes; behind the route's port, if its parent has one.</summary>
    public static IEnumerable<string> Of(MigrationResult result) => result.Resources.OfType<HttpRoute>().SelectMany(route =>
        route.Rules.Select(rule => ($"{Port(route)}{string.Join(" or ", Matches(rule))}{string.Concat(rule.Filters.Select(Of))} -> "
            + string.Join(", ", rule.BackendRefs.Select(backend => $"{backend.Name} {backend.Weight}".TrimEnd()))).TrimEnd()));

    private static string Port(HttpRoute route) =>
        route.ParentRefs[0].Port is { } port ? string.Create(CultureInfo.InvariantCulture, $":{port} ") : "";

    private static IEnumerable<string> Matches(HttpRouteRule rule) => rule.Matches.Count == 0 ? ["any"] : rule.Matches.Select(match =>
        $"{match.Path?.Type ?? PathMatchType.PathPrefix} {match.Path?.Value ?? "/"}"
        + string.Concat(match.Headers.Select(header => $" {header.Name}{(header.Type is null ? "=" : "~")}{header.Value}")));

    private static string Of(RouteFilter filter) => filter switch
    {
        { RequestRedirect: { } redirect } => string.Create(CultureInfo.InvariantCulture,
            $" redirect {redirect.StatusCode} {redirect.Scheme}://{redirect.Hostname}{redirect.Port}{redirect.Path?.ReplaceFullPath}"),
        { UrlRewrite: { } rewrite } =>
            $" rewrite {rewrite.Hostname}{rewrite.Path?.ReplaceFullPath}{Prefix(rewrite)}",
        { Cors: { } cors } => string.Create(CultureInfo.InvariantCulture,
            $" cors {string.Join(' ', cors.AllowOrigins)}, {string.Join(' ', cors.AllowMethods)}, {cors.AllowCredentials}, {cors.MaxAge}, "
            + $"{string.Join(' ', cors.ExposeHeaders)}"),
        { RequestHeaderModifier: { } headers } => $" set {string.Join(' ', headers.Set.Select(header => $"{header.Name}={header.Value}"))}",
        _ => $" {filter.Type}",
    };

    private static string Prefix(UrlRewrite rewrite) => rewrite.Path?.ReplacePrefixMatch is { } prefix ? $"{prefix}*" : "";
}
