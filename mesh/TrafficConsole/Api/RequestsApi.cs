using Bookinfo.Mesh.Proxy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Bookinfo.Mesh.TrafficConsole.Api;

/// <summary>A request that is over.</summary>
/// <param name="At">When it was over.</param>
/// <param name="Caller">The calling workload.</param>
/// <param name="Service">The service.</param>
/// <param name="Release">The release that answered; <c>unknown</c> where the mesh answered itself.</param>
/// <param name="Method">The method.</param>
/// <param name="Target">The request target, cut off after 200 characters.</param>
/// <param name="Status">The status; 0 where the caller went away before there was one.</param>
/// <param name="Flags">Envoy's response flags; empty for none.</param>
/// <param name="Attempts">How often it was sent to a pod.</param>
/// <param name="Milliseconds">How long it took.</param>
/// <param name="Id">Its <c>x-request-id</c>, cut off after 200 characters.</param>
public sealed record RequestView(
    DateTimeOffset At,
    string Caller,
    string Service,
    string Release,
    string Method,
    string Target,
    int Status,
    string Flags,
    int Attempts,
    double Milliseconds,
    string Id)
{
    private const int Longest = 200;

    internal static RequestView From(RecentRequest request) => new(
        request.At,
        request.Caller,
        request.Service,
        request.Release,
        request.Method,
        Cut(request.Target),
        request.Status,
        request.Flags == "-" ? "" : request.Flags,
        request.Attempts,
        request.Duration.TotalMilliseconds,
        Cut(request.Id));

    private static string Cut(string text) => text.Length <= Longest ? text : $"{text[..Longest]}…";
}

/// <summary>
/// The last requests, the newest first, for example <c>GET /api/requests?service=reviews&amp;release=v3</c>; of each caller to each
/// release as many as the mesh keeps.
/// </summary>
internal static class RequestsApi
{
    public static void MapRequestsApi(this IEndpointRouteBuilder app) => app.MapGet("/api/requests", Get);

    private static Ok<List<RequestView>> Get(MeshServer mesh, string? caller, string? service, string? release) =>
        TypedResults.Ok(mesh.RecentRequests()
            .Where(request => (caller is null || request.Caller == caller)
                && (service is null || request.Service == service)
                && (release is null || request.Release == release))
            .Select(RequestView.From)
            .ToList());
}
