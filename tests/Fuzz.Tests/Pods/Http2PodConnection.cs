using System.Globalization;
using System.Text;
using Bookinfo.Tests.Fuzz.Wire;

namespace Bookinfo.Tests.Fuzz.Pods;

/// <summary>One HTTP/2 connection to a pod, without TLS (RFC 9113, 3.3).</summary>
internal sealed class Http2PodConnection(RecordingPod pod, Connection connection)
{
    private static readonly string[] PseudoFields = [":method", ":scheme", ":authority", ":path"];
    private static readonly string[] ConnectionFields = ["connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade"];
    private readonly HpackDecoder _decoder = new();
    private readonly Dictionary<int, OpenStream> _streams = [];
    private int _headerStream;
    private string _headerBlock = "";

    public async Task ServeAsync()
    {
        var greeted = false;
        do
        {
            if (!greeted && connection.Received.StartsWith(Http2Frame.Preface, StringComparison.Ordinal))
            {
                greeted = true;
                connection.Forget(Http2Frame.Preface.Length);
                await connection.SendAsync(Http2Frame.Settings().Bytes);
            }

            var at = 0;
            while (greeted && Http2Frame.Read(connection.Received, ref at) is { } frame)
            {
                await HandleAsync(frame);
            }

            connection.Forget(at);
        }
        while (await connection.ReceiveAsync(CancellationToken.None));
        foreach (var id in _streams.Keys.ToList())
        {
            Finish(id, isWhole: false);
        }
    }

    private async Task HandleAsync(Http2Frame frame)
    {
        switch (frame.Type)
        {
            case FrameType.Settings when !frame.Has(FrameFlags.Acknowledge):
                await connection.SendAsync(new Http2Frame(FrameType.Settings, FrameFlags.Acknowledge, 0).Bytes);
                break;
            case FrameType.Ping when !frame.Has(FrameFlags.Acknowledge):
                await connection.SendAsync((frame with { Flags = FrameFlags.Acknowledge }).Bytes);
                break;
            case FrameType.Headers or FrameType.Continuation:
                await HandleHeadersAsync(frame);
                break;
            case FrameType.Data when _streams.TryGetValue(frame.Stream, out var stream):
                stream.Body.Append(frame.Content);
                if (frame.Payload.Length > 0)
                {
                    await connection.SendAsync(Http2Frame.WindowUpdate(0, frame.Payload.Length).Bytes);
                }

                await EndIfLastAsync(frame, frame.Stream);
                break;
            case FrameType.ResetStream when _streams.ContainsKey(frame.Stream):
                Finish(frame.Stream, isWhole: false);
                break;
            default:
                break;
        }
    }

    private async Task HandleHeadersAsync(Http2Frame frame)
    {
        if (frame.Type == FrameType.Headers)
        {
            _headerStream = frame.Stream;
            _headerBlock = "";
            _streams.TryAdd(frame.Stream, new OpenStream());
            _streams[frame.Stream].EndsWithHeaders = frame.Has(FrameFlags.EndStream);
        }

        _headerBlock += frame.Content;
        if (!frame.Has(FrameFlags.EndHeaders))
        {
            return;
        }

        var stream = _streams[_headerStream];
        var fields = _decoder.Decode(_headerBlock);
        if (stream.Fields is null)
        {
            stream.Fields = fields;
        }
        else
        {
            stream.Trailers = fields;
        }

        if (stream.EndsWithHeaders)
        {
            await AnswerAsync(_headerStream);
        }
    }

    private Task EndIfLastAsync(Http2Frame frame, int id) => frame.Has(FrameFlags.EndStream) ? AnswerAsync(id) : Task.CompletedTask;

    private async Task AnswerAsync(int id)
    {
        var request = Finish(id, isWhole: true);
        var (status, fields, body) = pod.Answer(request);
        var head = HpackEncoder.Encode([new Field(":status", status.ToString(CultureInfo.InvariantCulture)), .. fields]);
        var answer = request.Method == "HEAD"
            ? new Http2Frame(FrameType.Headers, FrameFlags.EndHeaders | FrameFlags.EndStream, id, head).Bytes
            : new Http2Frame(FrameType.Headers, FrameFlags.EndHeaders, id, head).Bytes + new Http2Frame(FrameType.Data,
                FrameFlags.EndStream, id, body).Bytes;
        await connection.SendAsync(answer);
    }

    private PodRequest Finish(int id, bool isWhole)
    {
        _streams.Remove(id, out var stream);
        var fields = stream!.Fields ?? [];
        var body = stream.Body.ToString();
        var request = new PodRequest
        {
            Number = RecordingPod.NextNumber(),
            Pod = pod.Name,
            Raw = $"{string.Join('\n', fields)}\n\n{body}{string.Join('\n', stream.Trailers)}",
            Method = Value(fields, ":method"),
            Target = Value(fields, ":path"),
            Authority = Value(fields, ":authority") is { Length: > 0 } authority ? authority : Value(fields, "host"),
            Fields = [.. fields.Where(field => !field.IsPseudo && !field.Is("host"))],
            Body = body,
            Trailers = stream.Trailers,
            IsWhole = isWhole,
            Fault = FindFault(fields),
        };
        pod.Record(request);
        return request;
    }

    /// <summary>What makes a request malformed (RFC 9113, 8.2 and 8.3).</summary>
    private static string? FindFault(IReadOnlyList<Field> fields)
    {
        var pseudo = fields.TakeWhile(field => field.IsPseudo).Select(field => field.Name).ToList();
        return fields.Skip(pseudo.Count).Any(field => field.IsPseudo) ? "a pseudo-header behind a header"
            : pseudo.Distinct().Count() != pseudo.Count || pseudo.Except(PseudoFields).Any() ? $"pseudo-headers {string.Join(' ', pseudo)}"
            : !Syntax.IsVisible(Value(fields, ":path")) || Value(fields, ":path").Length == 0 ? "a path that is not visible ASCII"
            : !Syntax.IsToken(Value(fields, ":method")) ? "a method that is not a token"
            : fields.Skip(pseudo.Count).FirstOrDefault(field => !Syntax.IsToken(field.Name) || field.Name.Any(char.IsAsciiLetterUpper)) is
            {
                Name: { } name,
            }
                ? $"a field name that is not a lower-case token: {ByteText.Print(name)}"
            : fields.FirstOrDefault(field => !Syntax.IsFieldValue(field.Value)) is { Name: { } bad } ? $"a control character in {bad}"
            : fields.FirstOrDefault(field => ConnectionFields.Contains(field.Name)) is { Name: { } hop }
                ? $"a connection's own field: {hop}"
            : null;
    }

    private static string Value(IReadOnlyList<Field> fields, string name) => fields.FirstOrDefault(field => field.Name == name).Value ?? "";

    private sealed class OpenStream
    {
        public IReadOnlyList<Field>? Fields { get; set; }

        public bool EndsWithHeaders { get; set; }

        public StringBuilder Body { get; } = new();

        public IReadOnlyList<Field> Trailers { get; set; } = [];
    }
}
