using Bookinfo.Tests.Fuzz.Pods;
using Bookinfo.Tests.Fuzz.Wire;

namespace Bookinfo.Tests.Fuzz.Callers;

/// <summary>What a caller got for one request.</summary>
/// <param name="Status">The HTTP status; 0 where the stream was reset instead.</param>
/// <param name="Fields">Its fields; for HTTP/2 with <c>:status</c> and trailers.</param>
/// <param name="Raw">Everything that came with it, as bytes.</param>
public sealed record Answer(int Status, IReadOnlyList<Field> Fields, string Raw)
{
    /// <summary>The number of the pod's request that it answers; null where the proxy answered itself.</summary>
    public int? PodRequest =>
        Fields.FirstOrDefault(each => each.Is(RecordingPod.NumberField)).Value is { } number ? int.Parse(number, null) : null;

    public bool Closes => Fields.Any(each => each.Is("connection") && each.Value.Contains("close", StringComparison.OrdinalIgnoreCase));
}

/// <summary>How a conversation ended.</summary>
/// <param name="Answers">One for each request, in the order of the requests; null where there was none.</param>
/// <param name="HasEnded">Whether the proxy ended the connection.</param>
/// <param name="IsUnanswered">Whether the caller gave up waiting.</param>
/// <param name="Received">All bytes that came.</param>
/// <param name="Fault">Why what came is not HTTP; null where it is.</param>
public sealed record Conversation(IReadOnlyList<Answer?> Answers, bool HasEnded, bool IsUnanswered, string Received, string? Fault = null);
