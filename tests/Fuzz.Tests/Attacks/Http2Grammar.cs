using System.Collections.Immutable;
using System.Globalization;
using Bookinfo.Tests.Fuzz.Rules;
using Bookinfo.Tests.Fuzz.Wire;

namespace Bookinfo.Tests.Fuzz.Attacks;

/// <summary>Writes HTTP/2 requests that begin as good ones and then go wrong in none to three ways.</summary>
public sealed class Http2Grammar(Random random)
{
    private readonly Hostile _hostile = new(random);

    public Http2Attack Write(Listener listener)
    {
        var streams = Enumerable.Range(0, random.OneIn(3) ? random.Next(2, 6) : 1).Select(_ => WriteStream()).ToImmutableArray();
        return new Http2Attack(listener, streams, random.OneIn(6) ? WriteNoise() : []);
    }

    private Http2Request WriteStream()
    {
        var fields = new List<Field>
        {
            new(":method", "GET"),
            new(":scheme", "http"),
            new(":authority", RuleMix.Service),
            new(":path", Http1Grammar.GoodPath(random)),
            new("x-mine", Marker.Next(random)),
        };
        var stream = new Http2Request([], [], [], random.OneIn(4) ? random.Next(2, 8) : 1, random.OneIn(6), random.OneIn(25));
        if (random.OneIn(4))
        {
            stream = AddBody(stream, fields);
        }

        for (var deviations = random.Next(4); deviations > 0; deviations--)
        {
            stream = Deviate(stream, fields);
        }

        return stream with { Fields = [.. fields] };
    }

    private Http2Request Deviate(Http2Request stream, List<Field> fields)
    {
        switch (random.Next(15))
        {
            case 14:
                Replace(fields, ":method", _ => "CONNECT");
                fields.RemoveAll(field => field.Name is ":path" or ":scheme");
                break;
            case 0 or 1 or 2:
                Replace(fields, ":path", path => random.InsertInto(path, _hostile.Snippet));
                break;
            case 3:
                Replace(fields, ":path",
                    path => random.From(["", "*", path.TrimStart('/'), $"http://shop{path}", "shop:80", $"//shop{path}",
                        $"/{new string('x', 5000)}{path}"]));
                break;
            case 4:
                Replace(fields, ":method", _ => _hostile.Method);
                break;
            case 5:
                Replace(fields, ":scheme",
                    _ => random.From(["https", "", "ftp", "HTTP", "http\r\nx: y", "http://shop/ HTTP/1.1\r\n\r\n", "h\0ttp"]));
                break;
            case 6:
                Replace(fields, ":authority", _ => _hostile.Authority);
                break;
            case 7:
                Disorder(fields);
                break;
            case 8:
                fields.Add(new Field(_hostile.FieldName.ToLowerInvariant(), "x"));
                break;
            case 9:
                fields.Add(new Field(random.From(["x-value", "user-agent", "cookie", "x-forwarded-for", "referer", "content-type"]),
                    _hostile.FieldValue));
                break;
            case 10:
                fields.AddRange(random.OneIn(4) ? _hostile.Upgrade() : _hostile.HopFields());
                break;
            case 11:
                fields.Add(random.From<Field>([
                    new("content-length", "5"), new("content-length", "0"), new("content-length", "+0"), new("content-length", "x"),
                    new("host", "shadow"), new("host", "shop"),
                    new("expect", "100-continue"), new("x-fail-once", "1"), new("X-Upper", "1"), new("x-remove", "1"), new("cookie", "a=1"),
                    new(":protocol", "websocket"),
                ]));
                break;
            case 12:
                return AddBody(stream, fields);
            default:
                return stream with
                {
                    Trailers = [random.From<Field>([new("x-trailer", "1"), new(":path", "/x"), new("content-length", "3"),
                        new("x\r\ny", "1"), new("host", "shadow"), new("x-trailer", "a\r\nb: c")])],
                };
        }

        return stream;
    }

    private void Disorder(List<Field> fields)
    {
        var field = fields[random.Next(Math.Min(fields.Count, 4))];
        switch (random.Next(4))
        {
            case 0:
                fields.Remove(field);
                break;
            case 1:
                fields.Add(field);
                break;
            case 2:
                fields.Insert(0, field with { Value = random.From([field.Value, "shadow", "POST", "/x"]) });
                break;
            default:
                fields.Remove(field);
                fields.Insert(random.Next(fields.Count), field);
                break;
        }
    }

    private Http2Request AddBody(Http2Request stream, List<Field> fields)
    {
        var text = $"body={string.Concat(Enumerable.Repeat(Marker.Next(random), random.Next(1, 40)))}";
        Replace(fields, ":method", _ => "POST");
        fields.RemoveAll(field => field.Name == "content-length");
        if (random.Next(2) == 0)
        {
            fields.Add(new Field("content-length", text.Length.ToString(CultureInfo.InvariantCulture)));
        }

        var data = text.Chunk(random.Next(1 + (text.Length / 4), text.Length + 1)).Select(chunk => new string(chunk)).ToImmutableArray();
        return stream with { Data = random.OneIn(4) ? data.Add("") : data };
    }

    /// <summary>Frames that mean nothing to the requests behind them.</summary>
    private ImmutableArray<Http2Frame> WriteNoise() =>
    [
        .. Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.From<Http2Frame>([
            new(FrameType.Ping, FrameFlags.None, 0, "12345678"), new(FrameType.Priority, FrameFlags.None, 9, "\0\0\0\0\x10"),
            new(0xbb, 0xff, 3, "unknown"),
            Http2Frame.WindowUpdate(0, 1), Http2Frame.Settings(), Http2Frame.Settings((0xfa, 1)),
        ])),
    ];

    private static void Replace(List<Field> fields, string name, Func<string, string> value)
    {
        var at = fields.FindIndex(field => field.Name == name);
        if (at >= 0)
        {
            fields[at] = fields[at] with { Value = value(fields[at].Value) };
        }
    }
}
