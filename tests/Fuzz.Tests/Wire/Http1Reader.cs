using System.Globalization;
using System.Text;

namespace Bookinfo.Tests.Fuzz.Wire;

/// <summary>
/// Reads HTTP/1.1 messages from bytes. A strict reader takes only what RFC 9112 allows a sender to write, and is what a pod reads with. The
/// other one also takes what the RFC lets a recipient pardon in the one way that it names, and is what a caller's bytes are judged by.
/// </summary>
public sealed class Http1Reader(bool strict)
{
    private const int MaximumHead = 256 * 1024;

    /// <summary>Reads one message with its body.</summary>
    /// <param name="bytes">All bytes of the connection so far.</param>
    /// <param name="start">Where the message begins.</param>
    /// <param name="isRequest">A request without framing has no body; an answer goes on to the end of the connection.</param>
    public Http1Reading Read(string bytes, int start, bool isRequest = true)
    {
        var head = ReadHead(bytes, start);
        if (!head.HasHead)
        {
            return head;
        }

        if (head.Framing.IsChunked)
        {
            return ReadChunks(bytes, head);
        }

        if (head.Framing.Length is not { } length)
        {
            return isRequest ? head with { State = ReadingState.Complete } : head with
            {
                State = ReadingState.Incomplete,
                Body = bytes[head.End..],
            };
        }

        var there = (int)Math.Min(length, bytes.Length - head.End);
        return head with
        {
            Body = bytes.Substring(head.End, there),
            End = head.End + there,
            State = there == length ? ReadingState.Complete : ReadingState.Incomplete,
        };
    }

    /// <summary>Reads the start line and the fields.</summary>
    public Http1Reading ReadHead(string bytes, int start)
    {
        var at = start;
        while (!strict && at < bytes.Length && bytes[at] is '\r' or '\n')
        {
            // RFC 9112, 2.2: a server should ignore an empty line before the request line; parsers ignore halves of one as well.
            at++;
        }

        var line = NextLine(bytes, ref at);
        if (line is null or { Fault: not null })
        {
            return Unfinished(line, bytes.Length - start);
        }

        var startLine = line.Value.Text;
        var fields = new List<Field>();
        if (ReadFields(bytes, ref at, fields) is { } unfinished)
        {
            return unfinished with { StartLine = startLine };
        }

        var (framing, fault) = BodyFraming.From(fields);
        return fault is not null
            ? Invalid(fault) with { StartLine = startLine, Fields = fields }
            : new Http1Reading { StartLine = startLine, Fields = fields, HasHead = true, End = at, Framing = framing };
    }

    /// <summary>Fields up to the empty line; null when they are good.</summary>
    private Http1Reading? ReadFields(string bytes, ref int at, List<Field> fields)
    {
        var start = at;
        while (true)
        {
            if (NextLine(bytes, ref at) is not { Fault: null } line)
            {
                return Unfinished(PeekFault(bytes, at), bytes.Length - start);
            }

            if (line.Text.Length == 0)
            {
                return null;
            }

            var colon = line.Text.IndexOf(':', StringComparison.Ordinal);
            if (line.Text[0] is ' ' or '\t')
            {
                return Invalid("a folded line");
            }

            if (colon < 0 || !Syntax.IsToken(line.Text[..colon]))
            {
                return Invalid($"a field name that is not a token: {ByteText.Print(line.Text, 60)}");
            }

            var value = Syntax.TrimBlanks(line.Text[(colon + 1)..]);
            if (!Syntax.IsFieldValue(value))
            {
                return Invalid($"a field value with a control character: {ByteText.Print(line.Text, 60)}");
            }

            fields.Add(new Field(line.Text[..colon], value));
        }
    }

    private Http1Reading ReadChunks(string bytes, Http1Reading head)
    {
        var body = new StringBuilder();
        var at = head.End;
        while (true)
        {
            if (NextLine(bytes, ref at) is not { Fault: null } line)
            {
                return EndEarly(Unfinished(PeekFault(bytes, at), 0));
            }

            var (size, fault) = ChunkSize(line.Text);
            if (fault is not null)
            {
                return EndEarly(Invalid(fault));
            }

            if (size == 0)
            {
                var trailers = new List<Field>();
                var unfinished = ReadFields(bytes, ref at, trailers);
                return unfinished is not null
                    ? EndEarly(unfinished)
                    : head with { State = ReadingState.Complete, Body = body.ToString(), Trailers = trailers, End = at };
            }

            var there = (int)Math.Min(size, bytes.Length - at);
            body.Append(bytes, at, there);
            at += there;
            if (there < size || bytes.Length - at < 2)
            {
                return EndEarly(new Http1Reading { State = ReadingState.Incomplete });
            }

            if (bytes[at] != '\r' || bytes[at + 1] != '\n')
            {
                return EndEarly(Invalid("a chunk that does not end with a line break"));
            }

            at += 2;
        }

        Http1Reading EndEarly(Http1Reading why) => head with { State = why.State, Fault = why.Fault, Body = body.ToString() };
    }

    private (long Size, string? Fault) ChunkSize(string line)
    {
        var semicolon = line.IndexOf(';', StringComparison.Ordinal);
        if (strict && semicolon >= 0)
        {
            // A proxy that decodes the chunked coding has no reason to write one (RFC 9112, 7.1.1).
            return (0, "a chunk extension");
        }

        var digits = semicolon < 0 ? line : Syntax.TrimBlanks(line[..semicolon]);
        return digits.Length is > 0 and <= 15 && digits.All(char.IsAsciiHexDigit)
            ? (long.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture), null)
            : (0, $"a chunk size that is not a number: {ByteText.Print(line, 60)}");
    }

    /// <summary>The line at a place, and the place behind it; null where its end has not come.</summary>
    private Line? NextLine(string bytes, ref int at)
    {
        var end = bytes.IndexOf('\n', at);
        if (end < 0)
        {
            return null;
        }

        var ended = end > at && bytes[end - 1] == '\r';
        var text = bytes[at..(ended ? end - 1 : end)];
        var fault = !ended && strict ? "a line that ends with a bare line feed" : text.Contains('\r') ? "a bare carriage return" : null;
        if (fault is null)
        {
            at = end + 1;
        }

        return new Line(text, fault);
    }

    private Line? PeekFault(string bytes, int at) => NextLine(bytes, ref at);

    private static Http1Reading Unfinished(Line? line, int length) =>
        line?.Fault is { } fault ? Invalid(fault)
        : length > MaximumHead ? Invalid("a head without end")
        : new Http1Reading { State = ReadingState.Incomplete };

    private static Http1Reading Invalid(string fault) => new() { State = ReadingState.Invalid, Fault = fault };

    private readonly record struct Line(string Text, string? Fault);
}
