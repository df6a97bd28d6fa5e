namespace Bookinfo.Mesh.Proxy.Listeners.Http2;

/// <summary>
/// Counts the frames of one HTTP/2 connection that cost a caller nothing and the mesh work: empty ones, PRIORITY and WINDOW_UPDATE. The
/// limits are Envoy's defaults (<c>api/envoy/config/core/v3/protocol.proto: Http2ProtocolOptions</c>), the counting is that of
/// <c>source/common/http/http2/protocol_constraints.cc</c>. What makes the mesh answer (PING, SETTINGS, RST_STREAM) needs no count here:
/// Kestrel stops reading from a caller who does not read, and ends a connection with too many resets.
/// </summary>
internal sealed class ProtocolConstraints
{
    private const int MaxConsecutiveInboundFramesWithEmptyPayload = 1;
    private const int MaxInboundPriorityFramesPerStream = 100;
    private const int MaxInboundWindowUpdateFramesPerDataFrameSent = 10;

    private int _consecutiveEmpty;
    private long _priority;
    private long _windowUpdate;
    private long _streams;
    private long _dataSent;

    /// <summary>Which limit the caller has passed; null as long as it has passed none.</summary>
    public string? Violation { get; private set; }

    /// <summary>Counts a frame of the caller's.</summary>
    public void Received(FrameHead frame)
    {
        switch (frame.Type)
        {
            case FrameHead.Headers or FrameHead.Continuation:
                _streams += frame.EndsHeaders ? 1 : 0;
                CountEmpty(frame);
                break;
            case FrameHead.Data:
                CountEmpty(frame);
                break;
            case FrameHead.Priority:
                _priority++;
                break;
            case FrameHead.WindowUpdate:
                _windowUpdate++;
                break;
        }

        Violation ??= Check();
    }

    /// <summary>Counts a frame of ours; on another thread than <see cref="Received"/>.</summary>
    public void Sent(FrameHead frame)
    {
        if (frame.Type == FrameHead.Data)
        {
            Interlocked.Increment(ref _dataSent);
        }
    }

    private void CountEmpty(FrameHead frame) =>
        _consecutiveEmpty = frame.PayloadBytes == 0 && !frame.EndsStream ? _consecutiveEmpty + 1 : 0;

    private string? Check()
    {
        if (_consecutiveEmpty > MaxConsecutiveInboundFramesWithEmptyPayload)
        {
            return "too many frames with an empty payload";
        }

        if (_priority > MaxInboundPriorityFramesPerStream * (1 + _streams))
        {
            return "too many PRIORITY frames";
        }

        var updates = 5 + (2 * (_streams + (MaxInboundWindowUpdateFramesPerDataFrameSent * Interlocked.Read(ref _dataSent))));
        return _windowUpdate > updates ? "too many WINDOW_UPDATE frames" : null;
    }
}
