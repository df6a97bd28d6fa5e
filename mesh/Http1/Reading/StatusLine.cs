namespace Bookinfo.Mesh.Http1.Reading;

/// <summary>The first line of an answer (RFC 9112, 4): <c>HTTP/1.1 200 OK</c>. The reason phrase is not kept.</summary>
/// <param name="MinorVersion">0 or 1; a higher one counts as 1 (RFC 9110, 2.5).</param>
/// <param name="Status">100 to 999.</param>
internal readonly record struct StatusLine(int MinorVersion, int Status)
{
    private const int ShortestLine = 12;

    /// <summary>Reads a line, without what ends it.</summary>
    /// <exception cref="Http1Exception">It is not a status line.</exception>
    public static StatusLine Read(ReadOnlySpan<byte> line)
    {
        if (line.Length < ShortestLine || !line.StartsWith("HTTP/1."u8) || line[8] != ' '
            || (line.Length > ShortestLine && line[ShortestLine] != ' ')
            || Digit(line[7]) is not (>= 0 and var minor)
            || Digit(line[9]) is not (>= 1 and var hundreds) || Digit(line[10]) is not (>= 0 and var tens)
                || Digit(line[11]) is not (>= 0 and var ones)
            || !Messages.HttpBytes.IsFieldValue(line))
        {
            throw Http1Exception.Protocol("The answer does not begin with a status line of HTTP/1");
        }

        return new StatusLine(Math.Min(minor, 1), (hundreds * 100) + (tens * 10) + ones);
    }

    private static int Digit(byte character) => character is >= (byte)'0' and <= (byte)'9' ? character - '0' : -1;
}
