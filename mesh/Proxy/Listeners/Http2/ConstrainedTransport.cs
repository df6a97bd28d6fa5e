using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace Bookinfo.Mesh.Proxy.Listeners.Http2;

/// <summary>
/// The bytes of an HTTP/2 connection, with <see cref="ProtocolConstraints"/> watching them. A caller that passes a limit is cut off without
/// a GOAWAY, as Envoy does (<c>source/common/http/conn_manager_impl.cc: handleCodecOverloadError</c>).
/// </summary>
internal sealed partial class ConstrainedTransport : IDuplexPipe
{
    /// <summary>The client's connection preface (RFC 9113, 3.4).</summary>
    private const int PrefaceBytes = 24;

    private readonly ConnectionContext _connection;
    private readonly ILogger _log;
    private readonly ProtocolConstraints _constraints = new();

    /// <summary>Watches a connection that has not been read from.</summary>
    public ConstrainedTransport(ConnectionContext connection, ILogger log)
    {
        (_connection, _log) = (connection, log);
        Input = new ScannedReader(connection.Transport.Input, new FrameScanner(PrefaceBytes, _constraints.Received), Check);
        Output = new ScannedWriter(connection.Transport.Output, new FrameScanner(0, _constraints.Sent));
    }

    public PipeReader Input { get; }

    public PipeWriter Output { get; }

    /// <exception cref="ConnectionResetException">The caller has passed a limit.</exception>
    private void Check()
    {
        if (_constraints.Violation is { } violation)
        {
            CutOff(_log, _connection.RemoteEndPoint, violation);
            _connection.Abort(new ConnectionAbortedException(violation));
            throw new ConnectionResetException(violation);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "The HTTP/2 connection from {Caller} was cut off: {Violation}.")]
    private static partial void CutOff(ILogger logger, System.Net.EndPoint? caller, string violation);
}
