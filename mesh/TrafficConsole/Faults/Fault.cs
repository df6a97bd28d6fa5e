using System.Text.Json.Serialization;

namespace Bookinfo.Mesh.TrafficConsole.Faults;

/// <summary>How a pod is broken on purpose: the body of its fault switch.</summary>
/// <param name="Percent">The share of answers, 0 to 100.</param>
/// <param name="Status">The status they have in place of the true one, 400 to 599; 0 for a delay only.</param>
/// <param name="DelayMilliseconds">How long they wait first, up to an hour.</param>
public sealed record Fault(double Percent = 100, int Status = 503, double DelayMilliseconds = 0)
{
    /// <summary>An hour: longer than anything waits, and short enough for every timer.</summary>
    private const double LongestDelay = 3_600_000;

    /// <summary>
    /// What no pod can do, and what would be right; null where all is well. A number that is too large for JSON is infinite here.
    /// </summary>
    public string? FindProblem() =>
        Percent is not (>= 0 and <= 100) ? "percent: give a number from 0 to 100."
        : Status is not (0 or (>= 400 and <= 599))
            ? $"status: {Status} is not the HTTP status of an error. Give 0, or a number from 400 to 599."
        : DelayMilliseconds is not (>= 0 and <= LongestDelay) ? $"delayMilliseconds: give a number from 0 to {LongestDelay}."
        : null;
}

/// <summary>The fault switch's JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Fault))]
internal sealed partial class FaultJson : JsonSerializerContext;
