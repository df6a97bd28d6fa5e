using Bookinfo.Mesh.Http1.Reading;
using Bookinfo.Mesh.Http1.Transport;
using Bookinfo.Mesh.Http1.Writing;

namespace Bookinfo.Mesh.Http1.Connections;

/// <summary>
/// One connection to a server, for one exchange after the other, never for two at once. Request and answer are independent: the answer may
/// begin, and end, while the request's body is still being sent (RFC 9112, 9.5).
/// </summary>
public sealed class Http1Connection : IDisposable
{
    private readonly IHttp1Transport _transport;
    private readonly ReceiveBuffer _buffer;
    private readonly Action<Http1Connection>? _onInputWhileIdle;
    private readonly CancellationTokenSource _sending = new();
    private volatile bool _isIdle;
    private volatile bool _hasEarlyInput;
    private int _isClosed;

    /// <param name="transport">The open connection; it is disposed with this object.</param>
    /// <param name="limits">How much the server may send.</param>
    /// <param name="openedAt">When it was opened, in the ticks of the owner's clock.</param>
    /// <param name="onInputWhileIdle">Called when the server ends an idle connection, or sends something that was not asked for.</param>
    public Http1Connection(IHttp1Transport transport, Http1Limits limits, long openedAt = 0,
        Action<Http1Connection>? onInputWhileIdle = null)
    {
        ArgumentNullException.ThrowIfNull(transport);
        ArgumentNullException.ThrowIfNull(limits);
        _transport = transport;
        _onInputWhileIdle = onInputWhileIdle;
        _buffer = new ReceiveBuffer(transport, OnEarlyInput);
        Request = new RequestWriter(transport);
        Response = new ResponseReader(_buffer, limits);
        OpenedAt = openedAt;
    }

    /// <summary>Writes the request.</summary>
    public RequestWriter Request { get; }

    /// <summary>Reads the answer.</summary>
    public ResponseReader Response { get; }

    /// <summary>Exchanges that were begun on it.</summary>
    public int Exchanges { get; private set; }

    /// <summary>
    /// Cancelled when the request's body is no longer wanted: the answer has ended before it, or the exchange was given up.
    /// </summary>
    public CancellationToken Sending => _sending.Token;

    internal long OpenedAt { get; }

    /// <summary>When the last exchange ended, in the ticks of the owner's clock.</summary>
    internal long IdleSince { get; set; }

    /// <summary>Whether another exchange can follow: both messages are complete, and the server keeps the connection.</summary>
    internal bool CanBeReused =>
        _isClosed == 0 && Request.IsComplete && Response.IsComplete && Response.KeepsConnection && !_buffer.HasMore;

    /// <summary>Whether the server has ended the connection, or sent something that was not asked for.</summary>
    internal bool IsStale => _isClosed != 0 || _hasEarlyInput || _buffer.HasMore || _transport.HasInput;

    /// <summary>The same, as far as it has been noticed, without asking the operating system.</summary>
    internal bool HasEarlyInput => _hasEarlyInput;

    /// <summary>Begins an exchange. The connection must be new, or its last exchange complete.</summary>
    /// <param name="toHead">The method is HEAD: the answer has no body.</param>
    /// <param name="toUpgrade">The request asks for another protocol: 101 is an answer.</param>
    public void Begin(bool toHead = false, bool toUpgrade = false)
    {
        _isIdle = false;
        Exchanges++;
        Request.Begin();
        Response.Begin(toHead, toUpgrade);
    }

    /// <summary>The rest of the request's body is not wanted any more; the connection cannot be used again.</summary>
    public void StopSending() => _sending.Cancel();

    /// <summary>Gives the exchange up: what is under way ends with an <see cref="Http1Exception"/>.</summary>
    public void Abort()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) == 0)
        {
            _sending.Cancel();
            _transport.Dispose();
        }
    }

    /// <summary>Closes the connection.</summary>
    public void Dispose() => Abort();

    /// <summary>Waits for the next exchange, and notices from now on when the server ends the connection.</summary>
    internal void BeginIdle()
    {
        (_hasEarlyInput, _isIdle) = (false, true);
        _buffer.Prefetch();
    }

    private void OnEarlyInput()
    {
        if (_isIdle)
        {
            _hasEarlyInput = true;
            _onInputWhileIdle?.Invoke(this);
        }
    }
}
