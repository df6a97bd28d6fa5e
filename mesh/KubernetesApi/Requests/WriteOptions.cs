using System.Text.Json;
using System.Text.Json.Nodes;
using Bookinfo.Mesh.KubernetesApi.Objects;
using Microsoft.AspNetCore.Http;

namespace Bookinfo.Mesh.KubernetesApi.Requests;

/// <summary>How unknown fields are dealt with.</summary>
internal enum FieldValidation
{
    /// <summary>Refused.</summary>
    Strict,

    /// <summary>Left out, with a warning.</summary>
    Warn,

    /// <summary>Left out.</summary>
    Ignore,
}

/// <summary>What becomes of what a deleted object owns (<c>meta/v1/types.go: DeletionPropagation</c>).</summary>
internal enum Propagation
{
    /// <summary>It is deleted after its owner.</summary>
    Background,

    /// <summary>It is deleted before its owner.</summary>
    Foreground,

    /// <summary>It stays, without an owner.</summary>
    Orphan,
}

/// <summary>How a write is to be done (<c>CreateOptions</c>, <c>UpdateOptions</c>, <c>PatchOptions</c>, <c>DeleteOptions</c>).</summary>
/// <param name="Manager">Who writes.</param>
/// <param name="IsDryRun">Whether nothing is to change.</param>
/// <param name="Validation">How unknown fields are dealt with.</param>
/// <param name="Force">Whether a server-side apply takes over the fields of others.</param>
internal sealed record WriteOptions(string Manager, bool IsDryRun, FieldValidation Validation, bool Force)
{
    /// <summary>What the object must be for a deletion; null for any.</summary>
    public JsonObject? Preconditions { get; init; }

    /// <summary>What becomes of what the object owns when it is deleted.</summary>
    public Propagation Propagation { get; init; }

    /// <summary>Reads the query; who writes is the program that asks, where it does not say.</summary>
    /// <exception cref="ApiException">400: an option has a value that there is not.</exception>
    public static WriteOptions Read(HttpRequest request)
    {
        var query = request.Query;
        var agent = request.Headers.UserAgent.ToString().Split('/', ' ')[0];
        var manager = query["fieldManager"].ToString();
        return new WriteOptions(
            manager.Length > 128 ? throw ApiException.BadRequest("fieldManager: at most 128 characters")
                : manager.Length > 0 ? manager : agent.Length > 0 ? agent : "unknown",
            IsDry(query["dryRun"]),
            query["fieldValidation"].ToString() switch
            {
                "" or "Warn" => FieldValidation.Warn,
                "Strict" => FieldValidation.Strict,
                "Ignore" => FieldValidation.Ignore,
                var other => throw ApiException.BadRequest($"fieldValidation: '{other}' is not supported; use Strict, Warn or Ignore"),
            },
            query["force"] == "true");
    }

    /// <summary>The same with what the body of a deletion says.</summary>
    public WriteOptions With(JsonObject body) => this with
    {
        IsDryRun = IsDryRun || body.Words("dryRun").Any(IsDry),
        Preconditions = body["preconditions"] as JsonObject,
        Propagation = body.Text("propagationPolicy") switch
        {
            null or "" => body["orphanDependents"] is JsonValue orphans && orphans.GetValueKind() == JsonValueKind.True
                ? Propagation.Orphan : Propagation.Background,
            nameof(Propagation.Background) => Propagation.Background,
            nameof(Propagation.Foreground) => Propagation.Foreground,
            nameof(Propagation.Orphan) => Propagation.Orphan,
            var other => throw ApiException.BadRequest(
                $"propagationPolicy: '{other}' is not supported; use Background, Foreground or Orphan"),
        },
    };

    private static bool IsDry(string? value) => value switch
    {
        null or "" => false,
        "All" => true,
        _ => throw ApiException.BadRequest($"dryRun: '{value}' is not supported; use All"),
    };
}
