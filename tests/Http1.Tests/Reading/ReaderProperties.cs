using System.Globalization;
using System.Text;
using Bookinfo.Mesh.Http1;
using Bookinfo.Tests.Http1.Support;
using FsCheck;
using FsCheck.Fluent;

namespace Bookinfo.Tests.Http1.Reading;

/// <summary>What holds for every answer.</summary>
public sealed class ReaderProperties
{
    private const string Alphabet = "abcXYZ019-_~!#";

    private static readonly Config Runs = Config.QuickThrowOnFailure.WithMaxTest(400).WithReplay(2811, 2027);

    private static readonly Gen<string> Names =
        from letters in Gen.Elements(Alphabet.ToCharArray()).NonEmptyListOf()
        select "x-" + new string([.. letters.Take(20)]);

    private static readonly Gen<string> Values =
        from letters in Gen.OneOf(Gen.Choose(0x21, 0x7E), Gen.Choose(0x80, 0xFF), Gen.Constant(0x20), Gen.Constant(0x09)).ListOf()
        select new string([.. letters.Select(each => (char)each)]).Trim(' ', '\t');

    private static readonly Gen<(string Name, string Value)[]> Fields =
        from fields in (from name in Names from value in Values select (name, value)).ListOf()
        select fields.Take(40).ToArray();

    private static readonly Gen<byte[][]> Chunks =
        from chunks in Gen.Choose(0, 255).Select(each => (byte)each).NonEmptyListOf().ListOf()
        select chunks.Select(chunk => chunk.ToArray()).ToArray();

    private static readonly Gen<Answer> Answers =
        from status in Gen.Choose(200, 999).Where(status => status is not (204 or 205 or 304))
        from fields in Fields
        from chunks in Chunks
        from isChunked in Gen.Elements(true, false)
        from trailers in Fields
        select new Answer(status, fields, chunks, isChunked, isChunked ? trailers : []);

    /// <summary>Whatever is written by the rules of RFC 9112 is read as it was, in whatever pieces it comes.</summary>
    [Fact]
    public void Read_WellFormedInAnyPieces_AsItWasWritten() =>
        Prop.ForAll(
            Arb.From(from answer in Answers from cuts in Gen.Choose(1, 60).NonEmptyListOf() select (answer, cuts.ToArray())),
            given =>
            {
                var heard = Heard.ReadAsync(Cut(given.answer.Wire(), given.Item2)).GetAwaiter().GetResult();
                Assert.Equal(
                    (given.answer.Status, given.answer.Lines(), Text([.. given.answer.Chunks.SelectMany(each => each)]),
                        Answer.Lines(given.answer.Trailers), null),
                    (heard.Status, heard.Headers, heard.Body, heard.Trailers, heard.Error));
            }).Check(Runs);

    /// <summary>Any bytes at all end in an answer or in a typed failure, and the same one in whatever pieces they come.</summary>
    [Fact]
    public void Read_MutatedInAnyPieces_SameAnswerOrTypedFailure() =>
        Prop.ForAll(
            Arb.From(
                from answer in Answers
                from changes in (from at in Gen.Choose(0, 4000)
                                 from to in Gen.Choose(0, 255)
                                 from kind in Gen.Choose(0, 2)
                                 select (at, to, kind)).NonEmptyListOf()
                from cuts in Gen.Choose(1, 60).NonEmptyListOf()
                select (Mutate(answer.Wire(), changes), cuts.ToArray())),
            given =>
            {
                var whole = Heard.ReadAsync([given.Item1]).GetAwaiter().GetResult();
                var cut = Heard.ReadAsync(Cut(given.Item1, given.Item2)).GetAwaiter().GetResult();

                // Bytes after the end make a connection unusable once they are there; in pieces they may come later.
                Assert.Equal(whole with { Body = "", CanBeReused = false }, cut with { Body = "", CanBeReused = false });
                Assert.True(whole.Error is null or Http1Error.Protocol or Http1Error.Terminated);
                if (whole.Error is null)
                {
                    Assert.Equal(whole.Body, cut.Body);
                }
            }).Check(Runs);

    [Fact]
    public void Read_AnyBytes_AnswerOrTypedFailure() =>
        Prop.ForAll(
            Arb.From(Gen.Choose(0, 255).Select(each => (byte)each).ListOf()),
            bytes => Assert.NotNull(Heard.ReadAsync(["HTTP/1.1 "u8.ToArray(), [.. bytes]]).GetAwaiter().GetResult())).Check(Runs);

    private static string Text(byte[] bytes) => Encoding.Latin1.GetString(bytes);

    private static IEnumerable<byte[]> Cut(byte[] bytes, int[] sizes)
    {
        for (var (at, i) = (0, 0); at < bytes.Length; i++)
        {
            var size = Math.Min(sizes[i % sizes.Length], bytes.Length - at);
            yield return bytes[at..(at + size)];
            at += size;
        }
    }

    private static byte[] Mutate(byte[] bytes, IEnumerable<(int At, int To, int Kind)> changes)
    {
        var mutated = bytes.ToList();
        foreach (var (at, to, kind) in changes.Take(3).Where(_ => mutated.Count > 0))
        {
            switch (kind)
            {
                case 0:
                    mutated[at % mutated.Count] = (byte)to;
                    break;
                case 1:
                    mutated.RemoveAt(at % mutated.Count);
                    break;
                default:
                    mutated.Insert(at % mutated.Count, (byte)to);
                    break;
            }
        }

        return [.. mutated];
    }

    internal sealed record Answer(int Status, (string Name, string Value)[] Fields, byte[][] Chunks, bool IsChunked,
        (string Name, string Value)[] Trailers)
    {
        private string Framing => IsChunked ? "transfer-encoding: chunked" : $"content-length: {Chunks.Sum(chunk => chunk.Length)}";

        public static string Lines(IEnumerable<(string Name, string Value)> fields) =>
            string.Join(", ", fields.Select(field => $"{Lower(field.Name)}: {field.Value}"));

        public string Lines() => string.Join(", ", new[] { Lines(Fields), Framing }.Where(lines => lines.Length > 0));

        public byte[] Wire()
        {
            var wire = new List<byte>();
            Add($"HTTP/1.1 {Status} x\r\n{Wire(Fields)}{Framing}\r\n\r\n");
            foreach (var chunk in Chunks)
            {
                Add(IsChunked ? chunk.Length.ToString("X", CultureInfo.InvariantCulture) + "\r\n" : "");
                wire.AddRange(chunk);
                Add(IsChunked ? "\r\n" : "");
            }

            Add(IsChunked ? $"0\r\n{Wire(Trailers)}\r\n" : "");
            return [.. wire];

            void Add(string text) => wire.AddRange(Encoding.Latin1.GetBytes(text));
        }

        private static string Wire(IEnumerable<(string Name, string Value)> fields) =>
            string.Concat(fields.Select(field => $"{field.Name}: {field.Value}\r\n"));

        private static string Lower(string text) => new([.. text.Select(char.ToLowerInvariant)]);
    }
}
