using Bookinfo.Tests.Fuzz.Wire;

namespace Bookinfo.Tests.Fuzz.Reference;

/// <summary>A request as a caller sent it, in the one reading that its bytes have.</summary>
public sealed record SentRequest
{
    /// <summary>Who sent it, for reports.</summary>
    public string Caller { get; init; } = "";

    public required string Method { get; init; }

    /// <summary>Path and query, whatever form the target came in (RFC 9112, 3.2).</summary>
    public required string Target { get; init; }

    /// <summary>The absolute form's authority, <c>:authority</c>, or Host.</summary>
    public required string Authority { get; init; }

    /// <summary>Every field but Host and the pseudo-headers.</summary>
    public required IReadOnlyList<Field> Fields { get; init; }

    public string Body { get; init; } = "";

    public IReadOnlyList<Field> Trailers { get; init; } = [];

    /// <summary>Whether the caller sent all of it.</summary>
    public bool IsWhole { get; init; } = true;

    /// <summary>Why it must not reach a pod; null where it may.</summary>
    public string? Refusal { get; init; }

    /// <summary>Why it must not reach a pod whole, where that shows only behind the head; null where it may.</summary>
    public string? LateRefusal { get; init; }

    /// <summary>Whether the caller comes from outside, by the gateway.</summary>
    public bool IsFromOutside { get; init; }

    public IReadOnlyList<string> Markers { get; init; } = [];
}

/// <summary>All that a caller's bytes say.</summary>
/// <param name="Requests">The requests in the order they were sent.</param>
/// <param name="IsOver">Whether the last of them is whole and nothing follows it, so that each must be answered.</param>
public sealed record SentRequests(IReadOnlyList<SentRequest> Requests, bool IsOver);
