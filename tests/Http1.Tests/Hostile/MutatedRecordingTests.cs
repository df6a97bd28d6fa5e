using System.Text;
using Bookinfo.Tests.Http1.Support;

namespace Bookinfo.Tests.Http1.Hostile;

/// <summary>
/// Answers recorded from real servers, changed a thousandfold, and read by HttpClient as well: where both take one for an answer, it is the
/// same answer. A difference there is a request smuggled or a page garbled.
/// </summary>
public sealed class MutatedRecordingTests
{
    private static readonly string[] Recordings =
    [
        // Kestrel, with a length and in chunks.
        "HTTP/1.1 200 OK\r\nContent-Length: 13\r\nContent-Type: text/plain; charset=utf-8\r\nDate: Sat, 28 Nov 2026 01:00:00 "
            + "GMT\r\nServer: Kestrel\r\n\r\nHello, world!",
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nDate: Sat, 28 Nov 2026 01:00:00 GMT\r\nTransfer-Encoding: "
            + "chunked\r\n\r\n1a\r\n{\"id\":0,\"podname\":\"v1-0\"}\r\n\r\n0\r\n\r\n",
        // nginx.
        "HTTP/1.1 404 Not Found\r\nServer: nginx/1.26.0\r\nDate: Sat, 28 Nov 2026 01:00:00 GMT\r\nContent-Type: "
            + "text/html\r\nContent-Length: 9\r\nConnection: keep-alive\r\nETag: \"66\"\r\n\r\nnot found",
        // Node, with a trailer; Python's http.server, until the connection's end.
        "HTTP/1.1 200 OK\r\nTrailer: x-sum\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6;a=\"b\"\r\n "
            + "there\r\n0\r\nx-sum: 11\r\n\r\n",
        "HTTP/1.0 200 OK\r\nServer: BaseHTTP/0.6 Python/3.12\r\nContent-type: text/html\r\n\r\n<p>hi</p>",
        // An interim answer first.
        "HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
    ];

    private static readonly string[] Pieces =
    [
        "\r\n", "\n", "\r", ":", " ", "\t", "\0", "0", "1", "ff", ";", "\r\n\r\n", "Content-Length: 1\r\n",
        "Transfer-Encoding: chunked\r\n", "chunked", "HTTP/1.1 200 OK\r\n", "\u00e4",
        ", 5", "-", "Connection: close\r\n",
    ];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Read_MutatedRecording_SameAsHttpClientWhereBothAccept(int recording)
    {
        var random = new Random(281_126 + recording);
        var (both, total) = (0, 400);
        for (var i = 0; i < total; i++)
        {
            var answer = Mutate(Recordings[recording], random, i == 0 ? 0 : random.Next(1, 3));
            var ours = await Heard.ReadAsync(answer);
            if (ours.Error is null && await TheirsAsync(answer) is { } theirs)
            {
                both++;
                Assert.Equal((answer, theirs.Status, theirs.Body), (answer, ours.Status, ours.Body));
                Assert.Equal((answer, theirs.Fields), (answer, Joined(ours.Headers)));
            }
        }

        // The comparison says something only where many of the answers are still answers to both.
        Assert.InRange(both, 20, total);
    }

    private static string Mutate(string answer, Random random, int changes)
    {
        for (; changes > 0; changes--)
        {
            var (at, length) = (random.Next(answer.Length), random.Next(4));
            answer = random.Next(3) switch
            {
                0 => answer.Insert(at, Pieces[random.Next(Pieces.Length)]),
                1 => answer.Remove(at, Math.Min(length, answer.Length - at)),
                _ => answer.Remove(at, 1).Insert(at, ((char)random.Next(0x100)).ToString()),
            };
        }

        return answer;
    }

    private static async Task<(int Status, string Body, string Fields)?> TheirsAsync(string answer)
    {
        using var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            AllowAutoRedirect = false,
            ResponseHeaderEncodingSelector = (_, _) => Encoding.Latin1,
            ConnectCallback = (_, _) => ValueTask.FromResult<Stream>(new OneAnswer(Encoding.Latin1.GetBytes(answer))),
        };
        using var client = new HttpClient(handler);
        try
        {
            using var response = await client.GetAsync("http://pod/", HttpCompletionOption.ResponseHeadersRead);
            var body = await response.Content.ReadAsByteArrayAsync();
            var fields = response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated)
                .SelectMany(field => field.Value, (field, value) => $"{Lower(field.Key)}: {value}");
            return ((int)response.StatusCode, Encoding.Latin1.GetString(body), Joined(string.Join(", ", fields)));
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return null;
        }
    }

    /// <summary>HttpClient sorts fields into two collections; so the order is left out of the comparison.</summary>
    private static string Joined(string lines) => string.Join(", ", lines.Split(", ").Order(StringComparer.Ordinal));

    private static string Lower(string text) => new([.. text.Select(char.ToLowerInvariant)]);

    /// <summary>Takes any request, and gives one answer and the end.</summary>
    private sealed class OneAnswer(byte[] answer) : MemoryStream(answer)
    {
        public override bool CanWrite => true;

        public override void Write(byte[] buffer, int offset, int count)
        {
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            ValueTask.CompletedTask;

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
