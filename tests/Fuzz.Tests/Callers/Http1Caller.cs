using System.Globalization;
using Bookinfo.Tests.Fuzz.Wire;

namespace Bookinfo.Tests.Fuzz.Callers;

/// <summary>A caller's end of an HTTP/1.1 connection: sends whatever it is given, reads answers strictly.</summary>
public sealed class Http1Caller(Connection connection) : IDisposable
{
    private static readonly Http1Reader Reader = new(strict: true);
    private int _at;

    public Connection Connection => connection;

    /// <summary>Why the last answer was not HTTP.</summary>
    public string? Fault { get; private set; }

    /// <summary>Reads the next final answer, past interim ones.</summary>
    /// <param name="method">The request's method: an answer to HEAD has no body.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Null where the connection ended, or what came is not HTTP.</returns>
    /// <exception cref="OperationCanceledException">No answer came in time.</exception>
    public async Task<Answer?> ReadAsync(string method, CancellationToken cancellationToken)
    {
        while (true)
        {
            var head = Reader.ReadHead(connection.Received, _at);
            if (head.HasHead && Status(head) is >= 100 and < 200 and not 101)
            {
                _at = head.End;
                continue;
            }

            var reading = head.HasHead && IsWithoutBody(method, head)
                ? head with { State = ReadingState.Complete }
                : Reader.Read(connection.Received, _at, isRequest: false);
            if (reading.State == ReadingState.Invalid)
            {
                Fault = reading.Fault;
                return null;
            }

            if (reading.State == ReadingState.Complete)
            {
                return Take(reading, reading.End);
            }

            if (!await connection.ReceiveAsync(cancellationToken))
            {
                return reading is { HasHead: true, Framing: { IsChunked: false, Length: null } } ? Take(reading, connection.Received.Length)
                    : null;
            }
        }
    }

    public void Dispose() => connection.Dispose();

    private Answer Take(Http1Reading reading, int end)
    {
        var raw = connection.Received[_at..end];
        _at = end;
        return new Answer(Status(reading), reading.Fields, raw);
    }

    private static bool IsWithoutBody(string method, Http1Reading head) => method == "HEAD" || Status(head) is 101 or 204 or 304;

    private static int Status(Http1Reading reading) => reading.StartLine.Split(' ') is ["HTTP/1.1", { Length: 3 } status, ..]
        && int.TryParse(status, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
