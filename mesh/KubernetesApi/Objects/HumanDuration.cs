using System.Globalization;

namespace Bookinfo.Mesh.KubernetesApi.Objects;

/// <summary>Ages as <c>kubectl get</c> shows them (<c>k8s.io/apimachinery/pkg/util/duration/duration.go: HumanDuration</c>).</summary>
internal static class HumanDuration
{
    /// <summary>How long ago that was; <c>&lt;unknown&gt;</c> for a text that is not a time.</summary>
    /// <param name="timestamp">A time as objects have it, RFC 3339.</param>
    /// <param name="now">The time now.</param>
    public static string Since(string? timestamp, DateTimeOffset now) =>
        DateTimeOffset.TryParse(timestamp, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var then)
            ? Write(now - then) : "<unknown>";

    /// <summary>Writes a length of time.</summary>
    /// <param name="length">The length.</param>
    public static string Write(TimeSpan length)
    {
        var seconds = (long)length.TotalSeconds;
        var (minutes, hours) = ((long)length.TotalMinutes, (long)length.TotalHours);
        return seconds switch
        {
            < -1 => "<invalid>",
            < 0 => "0s",
            < 120 => $"{seconds}s",
            _ when minutes < 10 => Two(minutes, "m", seconds % 60, "s"),
            _ when minutes < 180 => $"{minutes}m",
            _ when hours < 8 => Two(hours, "h", minutes % 60, "m"),
            _ when hours < 48 => $"{hours}h",
            _ when hours < 192 => Two(hours / 24, "d", hours % 24, "h"),
            _ when hours < 24 * 365 * 2 => $"{hours / 24}d",
            _ when hours < 24 * 365 * 8 => Two(hours / 24 / 365, "y", hours / 24 % 365, "d"),
            _ => $"{hours / 24 / 365}y",
        };
    }

    private static string Two(long large, string unit, long small, string smallUnit) =>
        small == 0 ? $"{large}{unit}" : $"{large}{unit}{small}{smallUnit}";
}
