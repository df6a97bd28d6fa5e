using Bookinfo.Mesh.Proxy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Bookinfo.Mesh.TrafficConsole.Api;

/// <summary>What one caller asked of one release of a service.</summary>
/// <param name="Caller">The calling workload, for example <c>productpage-v1</c>.</param>
/// <param name="Destination">The service, for example <c>reviews</c>.</param>
/// <param name="Release">The version that answered, for example <c>v2</c>; <c>unknown</c> where the mesh answered itself.</param>
/// <param name="Requests">How many.</param>
/// <param name="Share">Their part of this caller's requests to this service, 0 to 1.</param>
/// <param name="Errors">How many ended in a 5xx or without an answer.</param>
/// <param name="ResponseFlags">How many bear each of Envoy's response flags.</param>
/// <param name="P50">The median duration in milliseconds; null where nothing was counted.</param>
/// <param name="P99">The duration in milliseconds that 99 of 100 kept below; null where nothing was counted.</param>
public sealed record TrafficRow(
    string Caller,
    string Destination,
    string Release,
    long Requests,
    double Share,
    long Errors,
    IReadOnlyDictionary<string, long> ResponseFlags,
    double? P50,
    double? P99)
{
    internal static TrafficRow From(TrafficEntry entry) => new(
        entry.Caller,
        entry.DestinationServiceName,
        entry.Release,
        entry.Requests,
        entry.Share,
        entry.Errors,
        entry.ResponseFlags,
        entry.P50?.TotalMilliseconds,
        entry.P99?.TotalMilliseconds);
}

/// <summary>What the mesh counted.</summary>
internal static class TrafficApi
{
    public static void MapTrafficApi(this IEndpointRouteBuilder app) => app.MapGet("/api/traffic", Get);

    private static Ok<List<TrafficRow>> Get(MeshServer mesh) => TypedResults.Ok(mesh.Traffic().Entries.Select(TrafficRow.From).ToList());
}
