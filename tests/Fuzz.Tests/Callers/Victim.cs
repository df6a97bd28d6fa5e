using System.Globalization;
using System.Net;
using Bookinfo.Tests.Fuzz.Reference;
using Bookinfo.Tests.Fuzz.Wire;

namespace Bookinfo.Tests.Fuzz.Callers;

/// <summary>
/// A reader who is signed in and does nothing wrong: good requests with a session cookie, long enough to leave something in a buffer, on
/// connections that are kept, HTTP/1.1 and where it speaks that HTTP/2. Every request has a marker of its own in the path, the cookie and
/// the body.
/// </summary>
public sealed class Victim(string name, bool isFromOutside, string authority, bool speaksHttp2) : IDisposable
{
    private Http1Caller? _http1;
    private Http2Caller? _http2;
    private int _nextStream = 1;

    /// <summary>Sends one request and waits for its answer.</summary>
    /// <param name="listener">Where to.</param>
    /// <param name="random">What the request is drawn from.</param>
    /// <param name="announce">Is told of the request before it is sent.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The request, and its answer; null where there was none.</returns>
    /// <exception cref="OperationCanceledException">No answer came in time.</exception>
    public Task<(SentRequest Sent, Answer? Answer)> VisitAsync(
        IPEndPoint listener, Random random, Action<SentRequest> announce, CancellationToken cancellationToken)
    {
        var marker = Marker.Next(random);
        var hasBody = random.Next(3) == 0;
        var filler = string.Concat(Enumerable.Repeat($"{marker}.", random.Next(1, 40)));
        var sent = new SentRequest
        {
            Caller = name,
            Method = hasBody ? "POST" : "GET",
            Target = $"/a/page/{marker}?q={marker}",
            Authority = authority,
            Fields =
            [
                new Field("user-agent", "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"),
                new Field("accept", "text/html,application/xhtml+xml;q=0.9"),
                new Field("cookie", $"session={filler}"),
                new Field("authorization", $"Bearer {marker}"),
            ],
            Body = hasBody ? $"secret={string.Concat(Enumerable.Repeat(marker, random.Next(1, 200)))}" : "",
            IsFromOutside = isFromOutside,
            Markers = [marker],
        };
        announce(sent);
        return !speaksHttp2 || random.Next(2) == 0 ? AskHttp1Async(listener, sent, cancellationToken)
            : AskHttp2Async(listener, sent, cancellationToken);
    }

    public void Dispose()
    {
        _http1?.Dispose();
        _http2?.Dispose();
    }

    private async Task<(SentRequest Sent, Answer? Answer)> AskHttp1Async(IPEndPoint listener, SentRequest sent,
        CancellationToken cancellationToken)
    {
        var caller = _http1 ??= new Http1Caller(await Connection.OpenAsync(listener));
        var fields = string.Concat(sent.Fields.Select(field => $"{field}\r\n"));
        var length = sent.Body.Length > 0 ? $"content-length: {sent.Body.Length}\r\n" : "";
        await caller.Connection.SendAsync(
            $"{sent.Method} {sent.Target} HTTP/1.1\r\nhost: {sent.Authority}\r\n{fields}{length}\r\n{sent.Body}");
        var answer = await caller.ReadAsync(sent.Method, cancellationToken);
        if (answer is null or { Closes: true } || caller.Connection.HasEnded)
        {
            caller.Dispose();
            _http1 = null;
        }

        return (sent, answer);
    }

    private async Task<(SentRequest Sent, Answer? Answer)> AskHttp2Async(IPEndPoint listener, SentRequest sent,
        CancellationToken cancellationToken)
    {
        if (_http2 is null)
        {
            _http2 = await Http2Caller.OpenAsync(listener);
            _nextStream = 1;
        }

        var id = _nextStream;
        _nextStream += 2;
        Field[] pseudo = [new(":method", sent.Method), new(":scheme", "http"), new(":authority", sent.Authority),
            new(":path", sent.Target)];
        Field[] length = sent.Body.Length > 0 ? [new("content-length", sent.Body.Length.ToString(CultureInfo.InvariantCulture))] : [];
        var block = HpackEncoder.Encode([.. pseudo, .. sent.Fields, .. length]);
        var endsStream = sent.Body.Length == 0 ? FrameFlags.EndStream : 0;
        var frames = new Http2Frame(FrameType.Headers, FrameFlags.EndHeaders | endsStream, id, block).Bytes;
        if (sent.Body.Length > 0)
        {
            frames += new Http2Frame(FrameType.Data, FrameFlags.EndStream, id, sent.Body).Bytes;
        }

        await _http2.SendAsync(frames);
        var answer = await _http2.ReadAsync(id, cancellationToken);
        if (answer is null || _http2.IsClosing)
        {
            _http2.Dispose();
            _http2 = null;
        }

        return (sent, answer);
    }
}
