using System.Buffers;
using Bookinfo.Mesh.Proxy.Registry;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace Bookinfo.Mesh.Proxy.Listeners;

/// <summary>
/// Looks at the first bytes of a connection and lets HTTP/1.1 go on, or hands it to HTTP/2 (prior knowledge, RFC 9113 section 3.3).
/// </summary>
/// <param name="http1">Serves HTTP/1.1.</param>
/// <param name="http2">Serves HTTP/2.</param>
/// <param name="caller">Whose listener it is.</param>
/// <param name="openFiles">A connection beyond its limit is closed.</param>
internal sealed class ProtocolSniffer(ConnectionDelegate http1, Http2Handoff http2, CallerFeature caller, OpenFiles openFiles)
{
    /// <summary>A connection without a first byte for this long is closed, as Kestrel does with an idle one.</summary>
    private static readonly TimeSpan PrefaceTimeout = TimeSpan.FromSeconds(130);

    public async Task OnConnectionAsync(ConnectionContext connection)
    {
        if (connection.Features.Get<IConnectionSocketFeature>() is { } feature && openFiles.AreScarce(feature.Socket))
        {
            connection.Abort(new ConnectionAbortedException("This process may not open more files."));
            return;
        }

        connection.Features.Set(caller);
        bool? isHttp2;
        using (var timeout = CancellationTokenSource.CreateLinkedTokenSource(connection.ConnectionClosed, StopRequested(connection)))
        {
            timeout.CancelAfter(PrefaceTimeout);
            isHttp2 = await BeginsAsHttp2Async(connection, timeout.Token);
        }

        if (isHttp2 is { } decided)
        {
            await (decided ? http2.ServeAsync(connection) : http1(connection));
        }
    }

    /// <summary>Cancelled when the mesh stops: who has not said anything need not be waited for.</summary>
    private static CancellationToken StopRequested(ConnectionContext connection) =>
        connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested ?? CancellationToken.None;

    /// <summary>Null where the connection ended, or its time did, before it was clear.</summary>
    private static async Task<bool?> BeginsAsHttp2Async(ConnectionContext connection, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                var result = await connection.Transport.Input.ReadAsync(cancellationToken);
                var verdict = Verdict(result.Buffer);
                var undecided = verdict is null && !result.IsCompleted;
                connection.Transport.Input.AdvanceTo(result.Buffer.Start, undecided ? result.Buffer.End : result.Buffer.Start);
                if (!undecided)
                {
                    return result.Buffer.IsEmpty ? null : verdict ?? false;
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ConnectionAbortedException or IOException)
        {
            return null;
        }
    }

    /// <summary>Whether the bytes are those of the preface, as far as they go; null where they are too few to tell.</summary>
    private static bool? Verdict(in ReadOnlySequence<byte> bytes)
    {
        var preface = "PRI * HTTP/2.0"u8;
        Span<byte> start = stackalloc byte[preface.Length];
        var length = (int)Math.Min(bytes.Length, preface.Length);
        bytes.Slice(0, length).CopyTo(start);
        return !preface.StartsWith(start[..length]) ? false : length == preface.Length ? true : null;
    }
}

/// <summary>On every connection: whose listener took it.</summary>
internal sealed record CallerFeature(Caller Caller);
