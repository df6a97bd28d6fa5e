using System.Globalization;
using System.Text;
using Bookinfo.Tests.Fuzz.Wire;

namespace Bookinfo.Tests.Fuzz.Callers;

/// <summary>A caller's end of an HTTP/2 connection: sends whatever frames it is given, and gathers the answers by stream.</summary>
public sealed class Http2Caller(Connection connection) : IDisposable
{
    private const int HeaderTableSize = 1;
    private const int InitialWindowSize = 4;
    private const int LargeWindow = 0x7fff_ffff;
    private readonly HpackDecoder _decoder = new();
    private readonly Dictionary<int, Arriving> _streams = [];
    private readonly StringBuilder _received = new();
    private Arriving? _headers;
    private bool _headersEndStream;

    /// <summary>Whether the proxy said that it takes no more, or ended the connection.</summary>
    public bool IsClosing { get; private set; }

    /// <summary>All bytes that came, with the fields of the answers in clear.</summary>
    public string Received => _received.ToString();

    /// <summary>Opens a connection and says what this end can do: no table for headers, and no limit worth the name.</summary>
    public static async Task<Http2Caller> OpenAsync(System.Net.IPEndPoint address)
    {
        var caller = new Http2Caller(await Connection.OpenAsync(address));
        await caller.SendAsync(
            Http2Frame.Preface + Http2Frame.Settings((HeaderTableSize, 0),
                (InitialWindowSize, LargeWindow)).Bytes + Http2Frame.WindowUpdate(0, 0x3fff_ffff).Bytes);
        return caller;
    }

    public Task SendAsync(string bytes) => connection.SendAsync(bytes);

    /// <summary>Waits until the stream has its answer, or was reset.</summary>
    /// <returns>Null where the connection ended first.</returns>
    /// <exception cref="OperationCanceledException">No answer came in time.</exception>
    public async Task<Answer?> ReadAsync(int stream, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_streams.TryGetValue(stream, out var arriving) && arriving.IsOver)
            {
                _streams.Remove(stream);
                return arriving.ToAnswer();
            }

            if (!await connection.ReceiveAsync(cancellationToken))
            {
                IsClosing = true;
                return null;
            }

            await TakeFramesAsync();
        }
    }

    public void Dispose() => connection.Dispose();

    private async Task TakeFramesAsync()
    {
        var at = 0;
        while (Http2Frame.Read(connection.Received, ref at) is { } frame)
        {
            _received.Append(frame.Payload);
            switch (frame.Type)
            {
                case FrameType.Settings when !frame.Has(FrameFlags.Acknowledge):
                    await SendAsync(new Http2Frame(FrameType.Settings, FrameFlags.Acknowledge, 0).Bytes);
                    break;
                case FrameType.Ping when !frame.Has(FrameFlags.Acknowledge):
                    await SendAsync((frame with { Flags = FrameFlags.Acknowledge }).Bytes);
                    break;
                case FrameType.GoAway:
                    IsClosing = true;
                    break;
                case FrameType.Headers or FrameType.Continuation:
                    TakeHeaders(frame);
                    break;
                case FrameType.Data:
                    var stream = Of(frame.Stream);
                    stream.Body.Append(frame.Content);
                    stream.IsOver |= frame.Has(FrameFlags.EndStream);
                    break;
                case FrameType.ResetStream:
                    Of(frame.Stream).IsOver = true;
                    break;
                default:
                    break;
            }
        }

        connection.Forget(at);
    }

    private void TakeHeaders(Http2Frame frame)
    {
        if (frame.Type == FrameType.Headers)
        {
            _headers = Of(frame.Stream);
            _headersEndStream = frame.Has(FrameFlags.EndStream);
        }

        _headers!.Block += frame.Content;
        if (frame.Has(FrameFlags.EndHeaders))
        {
            _headers.Fields.AddRange(_decoder.Decode(_headers.Block));
            _headers.Block = "";
            _headers.IsOver |= _headersEndStream;
        }
    }

    private Arriving Of(int stream) => _streams.TryGetValue(stream, out var known) ? known : _streams[stream] = new Arriving();

    private sealed class Arriving
    {
        public string Block { get; set; } = "";

        public List<Field> Fields { get; } = [];

        public StringBuilder Body { get; } = new();

        public bool IsOver { get; set; }

        public Answer ToAnswer() => new(
            int.TryParse(Fields.LastOrDefault(field => field.Name == ":status").Value, NumberStyles.None, CultureInfo.InvariantCulture,
                out var status) ? status : 0,
            Fields,
            $"{string.Join('\n', Fields)}\n\n{Body}");
    }
}
