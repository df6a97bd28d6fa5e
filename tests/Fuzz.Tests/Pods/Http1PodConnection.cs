using System.Globalization;
using Bookinfo.Tests.Fuzz.Wire;

namespace Bookinfo.Tests.Fuzz.Pods;

/// <summary>One HTTP/1.1 connection to a pod.</summary>
internal sealed class Http1PodConnection(RecordingPod pod, Connection connection)
{
    private static readonly Http1Reader Reader = new(strict: true);

    public async Task ServeAsync()
    {
        var hasContinued = false;
        while (true)
        {
            var reading = Reader.Read(connection.Received, 0);
            if (reading.State == ReadingState.Incomplete)
            {
                if (reading.HasHead && !hasContinued && reading.ValuesOf("expect").Any())
                {
                    hasContinued = true;
                    await connection.SendAsync("HTTP/1.1 100 Continue\r\n\r\n");
                }

                if (await connection.ReceiveAsync(CancellationToken.None))
                {
                    continue;
                }

                RecordRest(reading);
                return;
            }

            var request = Record(reading);
            if (request.Fault is not null)
            {
                await connection.SendAsync("HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n");
                return;
            }

            connection.Forget(reading.End);
            hasContinued = false;
            await AnswerAsync(request);
        }
    }

    private void RecordRest(Http1Reading reading)
    {
        if (connection.Received.Length > 0)
        {
            Record(reading);
        }
    }

    private PodRequest Record(Http1Reading reading)
    {
        var bytes = connection.Received;
        var parts = reading.StartLine.Split(' ');
        var request = new PodRequest
        {
            Number = RecordingPod.NextNumber(),
            Pod = pod.Name,
            Raw = reading.State == ReadingState.Complete ? bytes[..reading.End] : bytes,
            Method = parts[0],
            Target = parts.ElementAtOrDefault(1) ?? "",
            Authority = reading.ValuesOf("host").FirstOrDefault() ?? "",
            Fields = [.. reading.Fields.Where(field => !field.Is("host"))],
            Body = reading.Body,
            Trailers = reading.Trailers,
            IsWhole = reading.State == ReadingState.Complete,
            Fault = reading.State == ReadingState.Invalid ? reading.Fault : reading.HasHead ? FindFault(parts, reading) : null,
        };
        pod.Record(request);
        return request;
    }

    private static string? FindFault(string[] parts, Http1Reading reading) =>
        parts is not [{ } method, { Length: > 0 } target, "HTTP/1.1"]
            ? $"a request line that is not one: {ByteText.Print(reading.StartLine, 200)}"
        : !Syntax.IsToken(method) ? "a method that is not a token"
        : !Syntax.IsVisible(target) ? "a target that is not visible ASCII"
        : reading.ValuesOf("host").Count() != 1 ? "no Host, or more than one"
        : null;

    private Task AnswerAsync(PodRequest request)
    {
        var (status, fields, body) = pod.Answer(request);
        var head = string.Concat(fields.Select(field => $"{field}\r\n"));
        var length = body.Length.ToString(CultureInfo.InvariantCulture);
        var message = request.Method == "HEAD" ? $"content-length: {length}\r\n\r\n"
            : request.Number % 2 == 0 ? $"content-length: {length}\r\n\r\n{body}"
            : $"transfer-encoding: chunked\r\n\r\n{body.Length:x}\r\n{body}\r\n0\r\n\r\n";
        return connection.SendAsync($"HTTP/1.1 {status} Answer\r\n{head}{message}");
    }
}
