using System.Globalization;
using Bookinfo.Mesh.Istio.Names;
using Bookinfo.Mesh.Istio.Problems;

namespace Bookinfo.Mesh.Istio.Yaml;

/// <summary>
/// Durations as Go's <c>time.ParseDuration</c> has them, which is what both the CRDs (<c>duration(self)</c>) and istiod's JSON reader
/// (<c>golang/protobuf/jsonpb</c>) take: <c>1h15m</c>, <c>1.5s</c>, <c>100ms</c>.
/// </summary>
internal static class GoDuration
{
    private const string NumberParts = "0123456789.";
    private const int LongestNumber = 28;

    private static readonly (string Unit, long Nanoseconds)[] Units =
    [
        ("ns", 1), ("us", 1_000), ("µs", 1_000), ("μs", 1_000), ("ms", 1_000_000),
        ("s", 1_000_000_000), ("m", 60_000_000_000), ("h", 3_600_000_000_000),
    ];

    /// <summary>
    /// The duration; null with a reason where there is none. Finer parts than 100 ns are refused: no field has a use for them.
    /// </summary>
    public static TimeSpan? Parse(string text, out string reason)
    {
        reason = "";
        var rest = text.AsSpan();
        var negative = rest.StartsWith("-");
        rest = rest[(negative || rest.StartsWith("+") ? 1 : 0)..];
        if (rest.SequenceEqual("0"))
        {
            return TimeSpan.Zero;
        }

        var nanoseconds = 0m;
        do
        {
            if (Part(ref rest, ref reason) is not { } part)
            {
                return null;
            }

            nanoseconds += part;
        }
        while (!rest.IsEmpty);

        if (nanoseconds > long.MaxValue)
        {
            reason = "it is longer than 292 years";
            return null;
        }

        if (nanoseconds % TimeSpan.NanosecondsPerTick != 0)
        {
            reason = "only whole milliseconds are supported";
            return null;
        }

        var ticks = (long)(nanoseconds / TimeSpan.NanosecondsPerTick);
        return new TimeSpan(negative ? -ticks : ticks);
    }

    /// <summary>The shortest form that reads the same.</summary>
    public static string Format(TimeSpan duration)
    {
        var (unit, ticks) = duration.Ticks switch
        {
            0 => ("s", TimeSpan.TicksPerSecond),
            var t when t % TimeSpan.TicksPerHour == 0 => ("h", TimeSpan.TicksPerHour),
            var t when t % TimeSpan.TicksPerMinute == 0 => ("m", TimeSpan.TicksPerMinute),
            var t when t % TimeSpan.TicksPerSecond == 0 || Math.Abs(t) > TimeSpan.TicksPerSecond => ("s", TimeSpan.TicksPerSecond),
            _ => ("ms", TimeSpan.TicksPerMillisecond),
        };
        return ((decimal)duration.Ticks / ticks).ToString("0.#######", CultureInfo.InvariantCulture) + unit;
    }

    private static decimal? Part(ref ReadOnlySpan<char> rest, ref string reason)
    {
        var digits = Characters.Leading(rest, NumberParts);
        if (digits == 0 || digits == rest.Length)
        {
            reason = digits > 0 ? "the unit is missing" : "a number with a unit is expected";
            return null;
        }

        if (digits > LongestNumber
            || !decimal.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            reason = $"{rest[..Math.Min(digits, LongestNumber)]} is not a number";
            return null;
        }

        rest = rest[digits..];
        var unit = rest[..Unit(rest)];
        foreach (var (name, nanoseconds) in Units)
        {
            if (unit.SequenceEqual(name))
            {
                rest = rest[unit.Length..];
                return number * nanoseconds;
            }
        }

        reason = $"{Messages.Quote(unit.ToString())} is not a unit (h, m, s, ms, us, ns)";
        return null;
    }

    private static int Unit(ReadOnlySpan<char> rest)
    {
        var length = 0;
        while (length < rest.Length && Characters.Leading(rest[length..], NumberParts) == 0)
        {
            length++;
        }

        return length;
    }
}
