using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Bookinfo.Mesh.Http1.Messages;
using Bookinfo.Mesh.Http1.Reading;
using Bookinfo.Mesh.Proxy.Requests;
using Microsoft.AspNetCore.Http;

namespace Bookinfo.Mesh.Proxy.Forwarding;

/// <summary>
/// The body and the trailers of a pod's answer on their way to the caller. What has come is sent before more is waited for, and not
/// otherwise, so that a short answer leaves in one piece and a live one at once.
/// </summary>
internal static class Http1ResponseBody
{
    /// <summary>With so many bytes written, they are sent even though more have come.</summary>
    private const int MostUnsent = 64 * 1024;

    /// <summary>A chunk's size in hexadecimal digits, and the line's end.</summary>
    private const int ChunkHead = 10;

    /// <exception cref="Http1.Http1Exception">The answer breaks off.</exception>
    /// <exception cref="OperationCanceledException">The caller takes no more of it, or the token was cancelled.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public static async ValueTask CopyAsync(ResponseReader response, Exchange exchange, CancellationToken cancellationToken)
    {
        var context = exchange.Context;
        if (response.BodyKind == ResponseBodyKind.None || context.Response.StatusCode == StatusCodes.Status205ResetContent)
        {
            return;
        }

        // Kestrel sends no trailers by HTTP/1.1, so that the chunks are written here.
        var isHttp2 = HttpProtocol.IsHttp2(context.Request.Protocol);
        var isChunked = response.BodyKind == ResponseBodyKind.Chunked && !isHttp2;
        if (isChunked)
        {
            context.Response.Headers.TransferEncoding = "chunked";
        }

        await context.Response.StartAsync(cancellationToken);
        var writer = context.Response.BodyWriter;
        var unsent = 0;
        var mustSend = true;
        while (true)
        {
            if (!response.TryReadBody(out var bytes))
            {
                if (mustSend)
                {
                    await SendAsync(writer, cancellationToken);
                    (unsent, mustSend) = (0, false);
                }

                bytes = await response.ReadBodyAsync();
            }

            if (bytes.IsEmpty)
            {
                break;
            }

            Write(writer, bytes.Span, isChunked);
            exchange.Bodies.CountResponse(bytes.Length);
            (unsent, mustSend) = (unsent + bytes.Length, true);
            if (unsent > MostUnsent)
            {
                await SendAsync(writer, cancellationToken);
                (unsent, mustSend) = (0, false);
            }
        }

        End(response, exchange, writer, isChunked);
        if (!isHttp2)
        {
            // Kestrel sends what is left of an HTTP/2 stream with its end; of HTTP/1.1 only what it has written itself.
            await SendAsync(writer, cancellationToken);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private static async ValueTask SendAsync(PipeWriter writer, CancellationToken cancellationToken)
    {
        var sent = await writer.FlushAsync(cancellationToken);
        if (sent.IsCompleted)
        {
            throw new OperationCanceledException();
        }
    }

    private static void Write(PipeWriter writer, ReadOnlySpan<byte> bytes, bool isChunked)
    {
        if (!isChunked)
        {
            writer.Write(bytes);
            return;
        }

        var room = writer.GetSpan(ChunkHead);
        bytes.Length.TryFormat(room, out var digits, "x", CultureInfo.InvariantCulture);
        "\r\n"u8.CopyTo(room[digits..]);
        writer.Advance(digits + 2);
        writer.Write(bytes);
        writer.Write("\r\n"u8);
    }

    private static void End(ResponseReader response, Exchange exchange, PipeWriter writer, bool isChunked)
    {
        if (exchange.IsGrpc)
        {
            exchange.GrpcStatus = Http1ResponseHead.GrpcStatusIn(response.Trailers) ?? exchange.GrpcStatus;
        }

        if (isChunked)
        {
            writer.Write("0\r\n"u8);
            WriteTrailers(writer, response.Trailers);
            writer.Write("\r\n"u8);
        }
        else if (response.Trailers.Count > 0 && exchange.Context.Response.SupportsTrailers())
        {
            for (var line = 0; line < response.Trailers.Count; line++)
            {
                exchange.Context.Response.AppendTrailer(response.Trailers.NameText(line), response.Trailers.ValueText(line));
            }
        }
    }

    private static void WriteTrailers(PipeWriter writer, HeaderBlock trailers)
    {
        for (var line = 0; line < trailers.Count; line++)
        {
            writer.Write(trailers.Name(line));
            writer.Write(": "u8);
            writer.Write(trailers.Value(line));
            writer.Write("\r\n"u8);
        }
    }
}
