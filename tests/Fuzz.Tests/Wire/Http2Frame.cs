namespace Bookinfo.Tests.Fuzz.Wire;

/// <summary>Types of RFC 9113, section 6.</summary>
public static class FrameType
{
    public const int Data = 0;
    public const int Headers = 1;
    public const int Priority = 2;
    public const int ResetStream = 3;
    public const int Settings = 4;
    public const int Ping = 6;
    public const int GoAway = 7;
    public const int WindowUpdate = 8;
    public const int Continuation = 9;
}

/// <summary>Flags of RFC 9113, section 6.</summary>
public static class FrameFlags
{
    public const int None = 0;
    public const int EndStream = 1;
    public const int Acknowledge = 1;
    public const int EndHeaders = 4;
    public const int Padded = 8;
    public const int Priority = 0x20;
}

/// <summary>An HTTP/2 frame; its payload is Latin-1.</summary>
public sealed record Http2Frame(int Type, int Flags, int Stream, string Payload = "")
{
    public const string Preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    public const int HeaderLength = 9;

    public bool Has(int flag) => (Flags & flag) != 0;

    public string Bytes => string.Concat(Number(Payload.Length, 3), $"{(char)Type}{(char)Flags}", Number(Stream, 4), Payload);

    /// <summary>The payload without padding and priority.</summary>
    public string Content
    {
        get
        {
            var start = (Has(FrameFlags.Padded) ? 1 : 0) + (Type == FrameType.Headers && Has(FrameFlags.Priority) ? 5 : 0);
            var padding = Has(FrameFlags.Padded) ? Payload[0] : 0;
            return Payload[start..^padding];
        }
    }

    /// <summary>Reads the frame at a place; null where it has not come whole.</summary>
    public static Http2Frame? Read(string bytes, ref int at)
    {
        if (bytes.Length - at < HeaderLength)
        {
            return null;
        }

        var length = ReadNumber(bytes, at, 3);
        if (bytes.Length - at - HeaderLength < length)
        {
            return null;
        }

        var frame = new Http2Frame(bytes[at + 3], bytes[at + 4], ReadNumber(bytes, at + 5, 4) & 0x7fffffff,
            bytes.Substring(at + HeaderLength, length));
        at += HeaderLength + length;
        return frame;
    }

    public static Http2Frame WindowUpdate(int stream, int increment) =>
        new(FrameType.WindowUpdate, FrameFlags.None, stream, Number(increment, 4));

    public static Http2Frame Reset(int stream, int error) => new(FrameType.ResetStream, FrameFlags.None, stream, Number(error, 4));

    /// <summary>SETTINGS with one value for each identifier.</summary>
    public static Http2Frame Settings(params IEnumerable<(int Identifier, int Value)> settings) =>
        new(FrameType.Settings, FrameFlags.None, 0,
            string.Concat(settings.Select(setting => Number(setting.Identifier, 2) + Number(setting.Value, 4))));

    public static string Number(int value, int bytes) =>
        string.Concat(Enumerable.Range(0, bytes).Select(i => (char)((value >> (8 * (bytes - 1 - i))) & 255)));

    public static int ReadNumber(string bytes, int at, int count)
    {
        var number = 0;
        for (var i = 0; i < count; i++)
        {
            number = (number << 8) | bytes[at + i];
        }

        return number;
    }
}
