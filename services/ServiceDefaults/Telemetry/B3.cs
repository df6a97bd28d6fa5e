using System.Diagnostics;

namespace Bookinfo.ServiceDefaults.Telemetry;

/// <summary>Zipkin's B3 headers, single and multiple (openzipkin/b3-propagation), read as and written from W3C trace contexts.</summary>
internal static class B3
{
    public const string Single = "b3";
    public const string TraceId = "x-b3-traceid";
    public const string SpanId = "x-b3-spanid";
    public const string Sampled = "x-b3-sampled";
    public const string Flags = "x-b3-flags";

    /// <summary>Reads <c>{trace}-{span}[-{sampled}[-{parent}]]</c>.</summary>
    /// <returns>A W3C traceparent, or null where it is none of ours.</returns>
    public static string? FromSingle(string? value)
    {
        if (value?.Split('-') is not { Length: >= 2 and <= 4 } parts)
        {
            return null;
        }

        return ToTraceParent(parts[0], parts[1], parts.Length == 2 || parts[2] is "1" or "d");
    }

    /// <summary>Reads the separate headers.</summary>
    /// <returns>A W3C traceparent, or null where they do not name a trace.</returns>
    public static string? FromMultiple(string? trace, string? span, string? sampled, string? flags) =>
        ToTraceParent(trace, span, flags == "1" || sampled is null or "1" or "true");

    /// <summary>The single header's value.</summary>
    public static string ToSingle(Activity activity) => $"{activity.TraceId}-{activity.SpanId}-{ToSampled(activity)}{ToParent(activity)}";

    /// <summary><c>1</c> or <c>0</c>.</summary>
    public static string ToSampled(Activity activity) => activity.Recorded ? "1" : "0";

    private static string ToParent(Activity activity) => activity.ParentSpanId == default ? "" : $"-{activity.ParentSpanId}";

    // B3 allows trace ids of 64 bits; W3C pads them on the left.
    private static string? ToTraceParent(string? trace, string? span, bool sampled)
    {
        if (trace is not { Length: 16 or 32 } || span is not { Length: 16 })
        {
            return null;
        }

        var parent = $"00-{trace.PadLeft(32, '0').ToLowerInvariant()}-{span.ToLowerInvariant()}-{(sampled ? "01" : "00")}";
        return ActivityContext.TryParse(parent, null, out _) ? parent : null;
    }
}
