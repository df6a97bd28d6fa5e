using System.Globalization;

namespace Bookinfo.Mesh.Rollouts.Queries;

/// <summary>Durations as Prometheus has them: <c>1h30m</c>, <c>2m</c>, <c>500ms</c> (<c>common/model/time.go: ParseDuration</c>).</summary>
internal static class PromDuration
{
    private static readonly (string Unit, double Seconds)[] Units =
        [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3600), ("d", 86400), ("w", 604800)];

    public static TimeSpan? Parse(string text)
    {
        var seconds = 0.0;
        for (var at = 0; at < text.Length;)
        {
            var digits = text.AsSpan(at).IndexOfAnyExceptInRange('0', '9');
            if (digits is <= 0 or > 9)
            {
                return null;
            }

            var number = int.Parse(text.AsSpan(at, digits), CultureInfo.InvariantCulture);
            at += digits;
            var unit = Array.Find(Units, unit => text.AsSpan(at).StartsWith(unit.Unit));
            if (unit.Unit is null)
            {
                return null;
            }

            seconds += number * unit.Seconds;
            at += unit.Unit.Length;
        }

        return seconds > TimeSpan.FromDays(10_000).TotalSeconds ? null : TimeSpan.FromSeconds(seconds);
    }
}
