using System.Collections.Immutable;
using System.Net;
using Bookinfo.Tests.Fuzz.Callers;
using Bookinfo.Tests.Fuzz.Reference;
using Bookinfo.Tests.Fuzz.Wire;

namespace Bookinfo.Tests.Fuzz.Attacks;

/// <summary>Bytes on an HTTP/1.1 connection.</summary>
/// <param name="Listener">Where they are sent.</param>
/// <param name="Parts">The bytes, cut where a reader of a report would cut them: request line, fields, body.</param>
/// <param name="Segments">Into how many writes they are divided.</param>
public sealed record Http1Attack(Listener Listener, ImmutableArray<string> Parts, int Segments = 1) : Attack(Listener)
{
    /// <summary>
    /// How long a proxy may take over bytes that are not HTTP before the caller ends its side. It decides when to hang up, not what is
    /// right.
    /// </summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(100);

    public string Bytes => string.Concat(Parts);

    public override SentRequests Read() => Http1Reference.Read(Bytes, Listener == Listener.Gateway, Caller);

    public override async Task<Conversation> RunAsync(IPEndPoint listener, TimeSpan timeout)
    {
        var sent = Read();
        using var caller = new Http1Caller(await Connection.OpenAsync(listener));
        var bytes = Bytes;
        foreach (var segment in bytes.Chunk(Math.Max(1, (bytes.Length + Segments - 1) / Segments)))
        {
            await caller.Connection.SendAsync(new string(segment));
        }

        var answers = new List<Answer?>();
        using var timeoutEnds = new CancellationTokenSource(timeout);
        try
        {
            foreach (var request in sent.Requests.Where(request => request.IsWhole))
            {
                answers.Add(await caller.ReadAsync(request.Method, timeoutEnds.Token));
                if (answers[^1] is null)
                {
                    break;
                }
            }

            if (!sent.IsOver)
            {
                await HangUpAsync(caller, timeoutEnds.Token);
            }

            return new Conversation(answers, caller.Connection.HasEnded, IsUnanswered: false, caller.Connection.Received, caller.Fault);
        }
        catch (OperationCanceledException)
        {
            return new Conversation(answers, caller.Connection.HasEnded, IsUnanswered: true, caller.Connection.Received);
        }
    }

    public override Attack Renew(Random random)
    {
        var fresh = Marker.FindAll(Bytes).Distinct().ToDictionary(marker => marker, _ => Marker.Next(random));
        return this with
        {
            Parts = [.. Parts.Select(part =>
                fresh.Aggregate(part, (text, marker) => text.Replace(marker.Key, marker.Value, StringComparison.Ordinal)))],
        };
    }

    public override IEnumerable<Attack> Shrink()
    {
        if (Segments > 1)
        {
            yield return this with { Segments = 1 };
        }

        foreach (var parts in Shrinking.Shrink(Parts).Concat(Shrinking.ShrinkEach(Parts, Shrinking.Shrink)))
        {
            yield return this with { Parts = parts };
        }
    }

    public override string Print() => ByteText.Print(Bytes);

    /// <summary>Reads what the proxy says of the rest, and then ends the connection.</summary>
    private static async Task HangUpAsync(Http1Caller caller, CancellationToken cancellationToken)
    {
        using var grace = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        grace.CancelAfter(Grace);
        try
        {
            while (await caller.Connection.ReceiveAsync(grace.Token))
            {
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            caller.Connection.FinishSending();
            while (await caller.Connection.ReceiveAsync(cancellationToken))
            {
            }
        }
    }
}
