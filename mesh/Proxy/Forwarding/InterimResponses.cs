using System.Globalization;
using System.Text;
using Bookinfo.Mesh.Http1.Reading;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace Bookinfo.Mesh.Proxy.Forwarding;

/// <summary>
/// Interim answers of a pod (RFC 9110, 15.2) on their way to a caller. Kestrel writes none but its own <c>100 Continue</c>, so that they
/// are written to an HTTP/1.1 caller's connection before the answer begins; an HTTP/2 caller gets none.
/// </summary>
internal static class InterimResponses
{
    /// <summary>Whether a caller is to have it; others are dropped (<c>source/common/http/header_utility.cc: isSpecial1xx</c>).</summary>
    public static bool Concerns(int status) => status is 100 or 102 or 103 or 104;

    /// <summary>Hands the head that was read last on to the caller.</summary>
    public static async ValueTask PassOnAsync(HttpContext context, ResponseReader response, CancellationToken cancellationToken)
    {
        if (HttpProtocol.IsHttp2(context.Request.Protocol) || context.Features.Get<IConnectionTransportFeature>() is not { } connection)
        {
            return;
        }

        var text = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {response.Status} {ReasonOf(response.Status)}\r\n");
        for (var line = 0; line < response.Headers.Count; line++)
        {
            if (!response.Headers.IsHopByHop(line))
            {
                text.Append(CultureInfo.InvariantCulture, $"{response.Headers.NameText(line)}: {response.Headers.ValueText(line)}\r\n");
            }
        }

        await connection.Transport.Output.WriteAsync(Encoding.Latin1.GetBytes(text.Append("\r\n").ToString()), cancellationToken);
    }

    private static string ReasonOf(int status) => status switch
    {
        100 => "Continue",
        102 => "Processing",
        103 => "Early Hints",
        _ => "Upload Resumption Supported",
    };
}
