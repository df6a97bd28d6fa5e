using Bookinfo.Tests.Fuzz.Wire;

namespace Bookinfo.Tests.Fuzz.Pods;

/// <summary>A request as it reached a pod.</summary>
public sealed record PodRequest
{
    /// <summary>Counts over all pods; the pod's answer carries it in <see cref="RecordingPod.NumberField"/>.</summary>
    public required int Number { get; init; }

    public required string Pod { get; init; }

    /// <summary>The bytes of the request; for HTTP/2 its fields and body, one below the other.</summary>
    public required string Raw { get; init; }

    public string Method { get; init; } = "";

    public string Target { get; init; } = "";

    public string Authority { get; init; } = "";

    /// <summary>All fields but Host.</summary>
    public IReadOnlyList<Field> Fields { get; init; } = [];

    public string Body { get; init; } = "";

    public IReadOnlyList<Field> Trailers { get; init; } = [];

    /// <summary>False where the connection or stream ended before the request did.</summary>
    public bool IsWhole { get; init; } = true;

    /// <summary>Why these bytes are not the request that a proxy may write; null where they are.</summary>
    public string? Fault { get; init; }
}
