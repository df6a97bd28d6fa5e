using System.Text.Json.Nodes;
using Bookinfo.Mesh.KubernetesApi.Discovery;
using Bookinfo.Mesh.KubernetesApi.Objects;
using Bookinfo.Mesh.KubernetesApi.Resources;
using Microsoft.AspNetCore.Http;

namespace Bookinfo.Mesh.KubernetesApi.Requests;

/// <summary>Answers what a client asks about the server itself: version, health, kinds, schemas.</summary>
/// <param name="catalog">The kinds.</param>
internal sealed class DescriptionRequests(ResourceCatalog catalog)
{
    private readonly DiscoveryDocuments _discovery = new(catalog);
    private readonly OpenApiDocuments _openApi = new(catalog);

    /// <summary>Answers, or returns null for a path that is not about the server itself.</summary>
    /// <exception cref="ApiException">There is no such group or version.</exception>
    public Task? TryAnswer(HttpContext context, string path)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var isReading = HttpMethods.IsGet(context.Request.Method);
        return parts switch
        {
            _ when !isReading => null,
            ["version"] => Answers.SendAsync(context, Version()),
            ["healthz" or "livez" or "readyz"] => context.Response.WriteAsync("ok"),
            ["api"] => Discover(context, isCore: true),
            ["apis"] => Discover(context, isCore: false),
            ["api", var version] => Require(context, _discovery.Resources("", version)),
            ["apis", var group] => Require(context, _discovery.Group(group)),
            ["apis", var group, var version] => Require(context, _discovery.Resources(group, version)),
            ["openapi", "v3"] => Answers.SendAsync(context, _openApi.Index()),
            ["openapi", "v3", "api", var version] => Require(context, _openApi.Document("", version)),
            ["openapi", "v3", "apis", var group, var version] => Require(context, _openApi.Document(group, version)),
            _ => null,
        };
    }

    private Task Discover(HttpContext context, bool isCore)
    {
        var isAggregated = context.Request.Headers.Accept.ToString().Replace(" ", "", StringComparison.Ordinal)
            .Contains(DiscoveryDocuments.AggregatedType, StringComparison.Ordinal);
        return isAggregated ? Answers.SendAsync(context, _discovery.Aggregated(isCore), type: DiscoveryDocuments.AggregatedType)
            : Answers.SendAsync(context, isCore ? DiscoveryDocuments.CoreVersions(context.Request.Host.Value ?? "") : _discovery.Groups());
    }

    private static Task Require(HttpContext context, JsonObject? document) =>
        document is null ? throw ApiException.NoSuchPath() : Answers.SendAsync(context, document);

    /// <summary>The version of Kubernetes whose API this is like; <c>kubectl</c> warns where it is far from its own.</summary>
    private static JsonObject Version() => new()
    {
        ["major"] = "1",
        ["minor"] = "32",
        ["gitVersion"] = "v1.32.0+bookinfo-lab",
        ["gitCommit"] = "",
        ["gitTreeState"] = "clean",
        ["buildDate"] = "2024-12-11T18:04:20Z",
        ["goVersion"] = "",
        ["compiler"] = "",
        ["platform"] = "",
    };
}
