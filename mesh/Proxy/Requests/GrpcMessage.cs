using System.Globalization;
using System.Text;

namespace Bookinfo.Mesh.Proxy.Requests;

/// <summary>
/// The text of a <c>grpc-message</c>: printable ASCII stays as it is, spaces too; the percent sign and all other bytes of the UTF-8 text
/// are escaped (https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md: Percent-Encoded).
/// </summary>
internal static class GrpcMessage
{
    public static string Escape(ReadOnlySpan<byte> message)
    {
        var text = new StringBuilder(message.Length);
        foreach (var each in message)
        {
            if (each is >= (byte)' ' and <= (byte)'~' and not (byte)'%')
            {
                text.Append((char)each);
            }
            else
            {
                text.Append(CultureInfo.InvariantCulture, $"%{each:X2}");
            }
        }

        return text.ToString();
    }
}
