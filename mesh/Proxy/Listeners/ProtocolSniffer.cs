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
/// <param name="admission">Decides whether there is room for the connection.</param>
internal sealed class ProtocolSniffer(ConnectionDelegate http1, Http2Handoff http2, Caller caller, ConnectionAdmission admission)
{
    /// <summary>A connection without a first byte for this long is closed, as Kestrel does with an idle one.</summary>
    private static readonly TimeSpan PrefaceTimeout = TimeSpan.FromSeconds(130);

    private readonly CallerFeature _admitted = new(caller, IsOverloaded: false);
    private readonly CallerFeature _overloaded = new(caller, IsOverloaded: true);

    public async Task OnConnectionAsync(ConnectionContext connection)
    {
        var admitted = await AdmitAsync(connection);
        if (admitted == Admission.Closed)
        {
            connection.Abort(new ConnectionAbortedException("This process may not open more files."));
            return;
        }

        connection.Features.Set(admitted == Admission.Overloaded ? _overloaded : _admitted);
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

    private ValueTask<Admission> AdmitAsync(ConnectionContext connection) =>
        connection.Features.Get<IConnectionSocketFeature>() is { } feature
            ? admission.AdmitAsync(feature.Socket, caller.IsGateway, connection.ConnectionClosed)
            : ValueTask.FromResult(Admission.Admitted);

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

/// <summary>On every connection: whose listener took it, and whether there is no room for what it asks for.</summary>
internal sealed record CallerFeature(Caller Caller, bool IsOverloaded);
