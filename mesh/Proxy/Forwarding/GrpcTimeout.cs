using System.Globalization;

namespace Bookinfo.Mesh.Proxy.Forwarding;

/// <summary>
/// The <c>grpc-timeout</c> header: at most eight digits and a unit (https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md).
/// </summary>
internal static class GrpcTimeout
{
    private const long MostDigits = 99_999_999;

    /// <summary>
    /// The time as a header, in the smallest unit from a millisecond on that it fits in (<c>grpc/common.cc: toGrpcTimeout</c>).
    /// </summary>
    public static string Format(long milliseconds)
    {
        var (amount, unit) = milliseconds <= MostDigits ? (milliseconds, 'm') : (milliseconds / 1000, 'S');
        return string.Create(CultureInfo.InvariantCulture, $"{amount}{unit}");
    }

    /// <summary>The time, or null for a header that is absent or makes no sense.</summary>
    public static TimeSpan? Read(string? header)
    {
        if (header is not { Length: > 1 and <= 9 }
            || !long.TryParse(header.AsSpan(0, header.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var amount))
        {
            return null;
        }

        return header[^1] switch
        {
            'H' => TimeSpan.FromHours(Math.Min(amount, 24 * 365)),
            'M' => TimeSpan.FromMinutes(Math.Min(amount, 60 * 24 * 365)),
            'S' => TimeSpan.FromSeconds(Math.Min(amount, 60 * 60 * 24 * 365L)),
            'm' => TimeSpan.FromMilliseconds(amount),
            'u' => TimeSpan.FromMicroseconds(amount),
            'n' => TimeSpan.FromTicks(Math.Max(1, amount / 100)),
            _ => null,
        };
    }
}
