using System.Globalization;

namespace Bookinfo.Mesh.Proxy.Requests;

/// <summary>gRPC's status codes, and how they relate to HTTP's (<c>source/common/grpc/status.cc</c> of envoyproxy/envoy).</summary>
internal static class GrpcStatus
{
    /// <summary>The code that a <c>grpc-status</c> header has; null where it is not a number.</summary>
    public static int? Parse(string header) =>
        int.TryParse(header, NumberStyles.None, CultureInfo.InvariantCulture, out var code) ? code : null;

    /// <summary>The HTTP status of the same meaning.</summary>
    public static int ToHttp(int status) => status switch
    {
        0 => 200,
        1 => 499,
        3 or 9 or 11 => 400,
        4 => 504,
        5 => 404,
        6 or 10 => 409,
        7 => 403,
        8 => 429,
        12 => 501,
        14 => 503,
        16 => 401,
        _ => 500,
    };

    /// <summary>The gRPC status for an HTTP status that a proxy answers with.</summary>
    public static int FromHttp(int status) => status switch
    {
        400 => 13,
        401 => 16,
        403 => 7,
        404 => 12,
        429 or 502 or 503 or 504 => 14,
        _ => 2,
    };
}
