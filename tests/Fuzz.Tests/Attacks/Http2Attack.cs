using System.Collections.Immutable;
using System.Net;
using System.Text;
using Bookinfo.Tests.Fuzz.Callers;
using Bookinfo.Tests.Fuzz.Reference;
using Bookinfo.Tests.Fuzz.Wire;

namespace Bookinfo.Tests.Fuzz.Attacks;

/// <summary>One request of an HTTP/2 connection.</summary>
/// <param name="Fields">Pseudo-headers and headers, as they are encoded.</param>
/// <param name="Data">The payloads of its DATA frames.</param>
/// <param name="Trailers">Its trailers; empty for none.</param>
/// <param name="HeaderFrames">Over how many frames the header block is divided, HEADERS and CONTINUATION.</param>
/// <param name="IsPadded">Whether its frames are padded, and carry a priority.</param>
/// <param name="IsReset">Whether the caller resets it in place of ending it.</param>
public sealed record Http2Request(
    ImmutableArray<Field> Fields, ImmutableArray<string> Data, ImmutableArray<Field> Trailers, int HeaderFrames = 1, bool IsPadded = false,
        bool IsReset = false)
{
    public string Body => string.Concat(Data);
}

/// <summary>Streams on one HTTP/2 connection: all header blocks first, then the bodies in turns.</summary>
/// <param name="Listener">Where they are sent.</param>
/// <param name="Streams">Streams 1, 3, 5 and so on.</param>
/// <param name="Noise">Frames before the first stream.</param>
public sealed record Http2Attack(Listener Listener, ImmutableArray<Http2Request> Streams, ImmutableArray<Http2Frame> Noise)
    : Attack(Listener)
{
    private const int Cancel = 8;

    public override SentRequests Read() => new([.. Streams.Select(Understand)], IsOver: true);

    public override async Task<Conversation> RunAsync(IPEndPoint listener, TimeSpan timeout)
    {
        using var caller = await Http2Caller.OpenAsync(listener);
        await caller.SendAsync(string.Concat(Frames().Select(frame => frame.Bytes)));
        var answers = new List<Answer?>();
        using var timeoutEnds = new CancellationTokenSource(timeout);
        try
        {
            for (var i = 0; i < Streams.Length; i++)
            {
                answers.Add(Streams[i].IsReset ? null : await caller.ReadAsync(IdOf(i), timeoutEnds.Token));
            }

            return new Conversation(answers, caller.IsClosing, IsUnanswered: false, caller.Received);
        }
        catch (OperationCanceledException)
        {
            return new Conversation(answers, caller.IsClosing, IsUnanswered: true, caller.Received);
        }
    }

    public override Attack Renew(Random random)
    {
        var all = string.Concat(
            Streams.Select(stream => $"{string.Join('\n', stream.Fields)}\n{stream.Body}\n{string.Join('\n', stream.Trailers)}\n"));
        var fresh = Marker.FindAll(all).Distinct().ToDictionary(marker => marker, _ => Marker.Next(random));
        string Replace(string text) =>
            fresh.Aggregate(text, (each, marker) => each.Replace(marker.Key, marker.Value, StringComparison.Ordinal));
        Field ReplaceIn(Field field) => new(Replace(field.Name), Replace(field.Value));
        return this with
        {
            Streams = [.. Streams.Select(stream => stream with
            {
                Fields = [.. stream.Fields.Select(ReplaceIn)],
                Data = [.. stream.Data.Select(Replace)],
                Trailers = [.. stream.Trailers.Select(ReplaceIn)],
            })],
        };
    }

    public override IEnumerable<Attack> Shrink()
    {
        foreach (var noise in Shrinking.Shrink(Noise))
        {
            yield return this with { Noise = noise };
        }

        foreach (var streams in Shrinking.Shrink(Streams).Where(streams => streams.Length > 0)
            .Concat(Shrinking.ShrinkEach(Streams, ShrinkStream)))
        {
            yield return this with { Streams = streams };
        }
    }

    public override string Print()
    {
        var text = new StringBuilder();
        foreach (var frame in Frames())
        {
            text.Append(null,
                $"frame type {frame.Type}, flags {frame.Flags:x2}, stream {frame.Stream}: {ByteText.Print(frame.Payload, 600)}\n");
        }

        foreach (var field in Streams.SelectMany(stream => stream.Fields.Concat(stream.Trailers)))
        {
            text.Append(null, $"  {ByteText.Print(field.Name, 200)} = {ByteText.Print(field.Value, 1000)}\n");
        }

        return text.ToString();
    }

    private static int IdOf(int index) => (2 * index) + 1;

    private SentRequest Understand(Http2Request stream)
    {
        var request = Http2Reference.Understand(stream.Fields, stream.Body, stream.Trailers, Listener == Listener.Gateway);
        var all = $"{string.Join('\n', stream.Fields)}\n{stream.Body}\n{string.Join('\n', stream.Trailers)}";
        return request with { Caller = Caller, IsWhole = !stream.IsReset, Markers = [.. Marker.FindAll(all).Distinct()] };
    }

    private IEnumerable<Http2Frame> Frames()
    {
        var headers = Streams.SelectMany((stream, i) => HeaderBlock(stream, IdOf(i)));
        var rounds = Streams.Length == 0 ? 0 : Streams.Max(stream => stream.Data.Length);
        var bodies = Enumerable.Range(0, rounds).SelectMany(round => Streams.SelectMany((stream, i) => Data(stream, IdOf(i), round)));
        var ends = Streams.SelectMany((stream, i) => End(stream, IdOf(i)));
        return [.. Noise, .. headers, .. bodies, .. ends];
    }

    private static IEnumerable<Http2Frame> HeaderBlock(Http2Request stream, int id)
    {
        var block = HpackEncoder.Encode(stream.Fields);
        var pieces = block.Chunk(Math.Max(1, (block.Length + stream.HeaderFrames - 1) / stream.HeaderFrames))
            .Select(piece => new string(piece)).DefaultIfEmpty("").ToList();
        var endsStream = stream.Data.Length == 0 && stream.Trailers.Length == 0 && !stream.IsReset ? FrameFlags.EndStream : 0;
        for (var i = 0; i < pieces.Count; i++)
        {
            var ends = i == pieces.Count - 1 ? FrameFlags.EndHeaders : 0;
            yield return i > 0 ? new Http2Frame(FrameType.Continuation, ends, id, pieces[i])
                : stream.IsPadded ? new Http2Frame(FrameType.Headers, ends | endsStream | FrameFlags.Padded | FrameFlags.Priority, id,
                    $"\u0003\0\0\0\0\u0010{pieces[i]}\0\0\0")
                : new Http2Frame(FrameType.Headers, ends | endsStream, id, pieces[i]);
        }
    }

    private static IEnumerable<Http2Frame> Data(Http2Request stream, int id, int round)
    {
        if (round < stream.Data.Length)
        {
            var ends = round == stream.Data.Length - 1 && stream.Trailers.Length == 0 && !stream.IsReset ? FrameFlags.EndStream : 0;
            yield return stream.IsPadded
                ? new Http2Frame(FrameType.Data, ends | FrameFlags.Padded, id, $"\u0002{stream.Data[round]}\0\0")
                : new Http2Frame(FrameType.Data, ends, id, stream.Data[round]);
        }
    }

    private static IEnumerable<Http2Frame> End(Http2Request stream, int id)
    {
        if (stream.IsReset)
        {
            yield return Http2Frame.Reset(id, Cancel);
        }
        else if (stream.Trailers.Length > 0)
        {
            yield return new Http2Frame(FrameType.Headers, FrameFlags.EndHeaders | FrameFlags.EndStream, id,
                HpackEncoder.Encode(stream.Trailers));
        }
    }

    private static IEnumerable<Http2Request> ShrinkStream(Http2Request stream)
    {
        if (stream.HeaderFrames > 1 || stream.IsPadded)
        {
            yield return stream with { HeaderFrames = 1, IsPadded = false };
        }

        foreach (var data in Shrinking.Shrink(stream.Data).Concat(Shrinking.ShrinkEach(stream.Data, Shrinking.Shrink)))
        {
            yield return stream with { Data = data };
        }

        foreach (var trailers in Shrinking.Shrink(stream.Trailers).Concat(Shrinking.ShrinkEach(stream.Trailers, ShrinkField)))
        {
            yield return stream with { Trailers = trailers };
        }

        foreach (var fields in Shrinking.Shrink(stream.Fields).Concat(Shrinking.ShrinkEach(stream.Fields, ShrinkField)))
        {
            yield return stream with { Fields = fields };
        }
    }

    private static IEnumerable<Field> ShrinkField(Field field) =>
        Shrinking.Shrink(field.Value).Select(value => field with { Value = value })
            .Concat(Shrinking.Shrink(field.Name).Select(name => field with { Name = name }));
}
