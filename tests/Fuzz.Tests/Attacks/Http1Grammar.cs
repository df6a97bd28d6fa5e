using System.Globalization;
using System.Text;
using Bookinfo.Tests.Fuzz.Rules;
using Bookinfo.Tests.Fuzz.Wire;

namespace Bookinfo.Tests.Fuzz.Attacks;

/// <summary>Writes HTTP/1.1 requests that begin as good ones and then go wrong in none to three ways.</summary>
public sealed class Http1Grammar(Random random)
{
    private readonly Hostile _hostile = new(random);

    /// <summary>One to three requests in one go, as the parts of an <see cref="Http1Attack"/>.</summary>
    public IEnumerable<string> Write()
    {
        for (var more = random.OneIn(5) ? random.Next(2, 4) : 1; more > 0; more--)
        {
            foreach (var part in WriteRequest())
            {
                yield return part;
            }
        }
    }

    private List<string> WriteRequest()
    {
        var draft = new Draft { Target = GoodPath(random) };
        draft.Fields.Add(("Host", ": ", RuleMix.Service));
        draft.Fields.Add(("X-Mine", ": ", Marker.Next(random)));
        if (random.OneIn(4))
        {
            AddBody(draft);
        }

        for (var deviations = random.Next(4); deviations > 0; deviations--)
        {
            Deviate(draft);
        }

        return draft.Write();
    }

    /// <summary>A path that one of the rules takes, with a marker.</summary>
    internal static string GoodPath(Random random) => random.Next(10) switch
    {
        0 => $"/go/{Marker.Next(random)}",
        1 => $"/direct/{Marker.Next(random)}",
        2 => $"/{Marker.Next(random)}?x=1",
        _ => $"/a/page/{Marker.Next(random)}?x=1",
    };

    private void Deviate(Draft draft)
    {
        switch (random.Next(16))
        {
            case 0 or 1 or 2:
                draft.Target = random.InsertInto(draft.Target, _hostile.Snippet);
                break;
            case 3 or 4:
                draft.Target = OtherForm(draft.Target);
                break;
            case 5:
                draft.Method = _hostile.Method;
                break;
            case 6:
                draft.Version = random.From(
                    ["HTTP/1.0", "HTTP/1.2", "HTTP/2.0", "HTTP/0.9", "http/1.1", "HTTP/1.1 ", "HTTP/1", "", "HTTP/1.1\r", "HTTP/1.1\0"]);
                break;
            case 7:
                draft.LineEnd = random.From(["\n", "\r", "\r\r\n", "\n\r\n", "\r\n "]);
                break;
            case 8:
                SpoilHost(draft);
                break;
            case 9:
                SpoilFraming(draft);
                break;
            case 10:
                SpoilChunks(draft);
                break;
            case 11:
                draft.Fields.Insert(random.Next(draft.Fields.Count), (_hostile.FieldName, ": ", "x"));
                break;
            case 12:
                draft.Fields.Add(
                    (random.From(["x-value", "user-agent", "cookie", "x-forwarded-for", "x-request-id", "content-type", "referer"]), ": ",
                        _hostile.FieldValue));
                break;
            case 13:
                draft.Fields.AddRange((random.OneIn(3) ? _hostile.Upgrade() : _hostile.HopFields())
                    .Select(field => (field.Name, ": ", field.Value)));
                break;
            case 14:
                draft.Fields.Add(random.From([("expect", ": ", "100-continue"), ("Expect", ": ", "nothing"), ("x-fail-once", ": ", "1"),
                    ("x-folded", ": ", "1\r\n folded"), ("x-blank ", ": ", "1"), ("x-remove", ":", "1"), ("X-Set", ":", "mine"),
                        ("Origin", ": ", "http://friend.example")]));
                break;
            default:
                draft.Before = random.From(["\r\n", "\n", "\r\n\r\n", " ", "\0", "\t"]);
                break;
        }
    }

    private string OtherForm(string path) => random.Next(10) switch
    {
        0 => "*",
        1 => "shop:9080",
        2 => path.TrimStart('/'),
        3 => $"http:/{path}",
        4 => $"//shop{path}",
        5 => $"https://shop{path}",
        6 => $"HTTP://{_hostile.Authority}{path}",
        7 => $"http://shop?{path}",
        _ => $"http://shop{random.InsertInto(path, _hostile.Snippet)}",
    };

    private void SpoilHost(Draft draft)
    {
        switch (random.Next(4))
        {
            case 0:
                draft.Fields.RemoveAll(field => field.Name == "Host");
                break;
            case 1:
                draft.Fields.Add(("host", ": ", _hostile.Authority));
                break;
            default:
                draft.Fields[0] = ("Host", ": ", _hostile.Authority);
                break;
        }
    }

    /// <summary>Two readings of where the body ends, or none.</summary>
    private void SpoilFraming(Draft draft)
    {
        if (!draft.HasBody)
        {
            AddBody(draft);
        }

        var length = random.From(
            ["+5", "-5", "0x5", "5, 5", "5,6", "5 5", "05", "5\v", " 5", "99999999999999999999", "", "five", "5.0", ByteText.Utf8("٥")]);
        var coding = random.From(["chunked", "Chunked", "identity", "gzip, chunked", "chunked, chunked", "chunked, identity", "xchunked",
            "chunked\v", "\"chunked\"", "chunked;q=1", "chunked,"]);
        draft.Fields.Insert(random.Next(1, draft.Fields.Count + 1), random.From<(string Name, string Colon, string Value)>([
            ("Content-Length", ": ", length), ("Content-Length", ": ", "0"), ("Content-Length", ": ", "3"), ("Content-Length", " : ", "3"),
            ("Content_Length", ": ", "3"),
            ("Transfer-Encoding", ": ", coding), ("Transfer-Encoding", ": ", coding), ("Transfer-Encoding", " : ", "chunked"),
            ("Transfer-Encoding", ":\t", "chunked"),
            ("Transfer-Encoding", ":\r\n ", "chunked"), ("\tTransfer-Encoding", ": ", "chunked"),
            ("X: y\nTransfer-Encoding", ": ", "chunked"), ("Transfer-Encoding\0", ": ", "chunked"),
        ]));
    }

    /// <summary>The chunked coding as it must not be, or as few write it.</summary>
    private void SpoilChunks(Draft draft)
    {
        var text = Marker.Next(random);
        var size = text.Length.ToString("x", CultureInfo.InvariantCulture);
        draft.SetBody(
            [("Transfer-Encoding", ": ", "chunked")],
            random.Next(4) switch
            {
                0 => $"{size}{random.From([";a=b", ";a=\"\r\n\"", ";\n", " ;a", ";a=\0", "\t", " ", ";", "\r", ";a=\rb"])}\r\n{text}\r\n0\r\n\r\n",
                1 => $"{random.From([$"0{size}", size.ToUpperInvariant(), $"+{size}", $"-{size}", $"0x{size}", "fffffffffffffffff", "", "g", $"{size} ", $"{size}_0"])}\r\n{text}\r\n0\r\n\r\n",
                2 => $"{size}\r\n{text}{random.From(["", "\n", "\r", "XX", "\r\nX"])}0\r\n\r\n",
                _ => $"{size}\r\n{text}\r\n0\r\n{random.From(["x-trailer: 1", "content-length: 5", "transfer-encoding: chunked", "host: shadow", "x trailer: 1", "x-trailer: a\0b", "cookie: a=b", "\n", ":a: b", "GET /x HTTP/1.1"])}\r\n\r\n",
            });
    }

    private void AddBody(Draft draft)
    {
        var text = $"body={string.Concat(Enumerable.Repeat(Marker.Next(random), random.Next(1, 30)))}";
        if (random.Next(2) == 0)
        {
            draft.SetBody([("Content-Length", ": ", text.Length.ToString(CultureInfo.InvariantCulture))], text);
            return;
        }

        var chunks = new StringBuilder();
        foreach (var chunk in text.Chunk(random.Next(1, text.Length + 1)))
        {
            chunks.Append(CultureInfo.InvariantCulture, $"{chunk.Length:x}\r\n{new string(chunk)}\r\n");
        }

        draft.SetBody([("Transfer-Encoding", ": ", "chunked")], $"{chunks}0\r\n\r\n");
    }

    /// <summary>A request that is still being written.</summary>
    private sealed class Draft
    {
        private string _body = "";

        public string Before { get; set; } = "";

        public string Method { get; set; } = "GET";

        public required string Target { get; set; }

        public string Version { get; set; } = "HTTP/1.1";

        public string LineEnd { get; set; } = "\r\n";

        public List<(string Name, string Colon, string Value)> Fields { get; } = [];

        public bool HasBody => _body.Length > 0;

        public void SetBody(IEnumerable<(string Name, string Colon, string Value)> framing, string body)
        {
            Method = "POST";
            _body = body;
            Fields.RemoveAll(field => field.Name is "Content-Length" or "Transfer-Encoding");
            Fields.AddRange(framing);
        }

        public List<string> Write() =>
        [
            Before, Method, " ", Target, " ", Version, LineEnd,
            .. Fields.Select(field => $"{field.Name}{field.Colon}{field.Value}{LineEnd}"), LineEnd, _body,
        ];
    }
}
