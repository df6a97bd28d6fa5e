using System.Globalization;

namespace Bookinfo.Tests.Fuzz.Wire;

/// <summary>How far the bytes of an HTTP/1.1 message go.</summary>
public enum ReadingState
{
    /// <summary>The message is whole.</summary>
    Complete,

    /// <summary>More bytes have to come.</summary>
    Incomplete,

    /// <summary>No reader may take these bytes for a message.</summary>
    Invalid,
}

/// <summary>An HTTP/1.1 message as far as its bytes go (RFC 9112).</summary>
public sealed record Http1Reading
{
    public ReadingState State { get; init; }

    /// <summary>What is wrong with it, where <see cref="State"/> is <see cref="ReadingState.Invalid"/>.</summary>
    public string Fault { get; init; } = "";

    /// <summary>The first line, without its end.</summary>
    public string StartLine { get; init; } = "";

    public IReadOnlyList<Field> Fields { get; init; } = [];

    /// <summary>Whether the head is whole and good, so that a proxy can have begun to forward it.</summary>
    public bool HasHead { get; init; }

    /// <summary>The body's own bytes as far as they came, without the framing.</summary>
    public string Body { get; init; } = "";

    public IReadOnlyList<Field> Trailers { get; init; } = [];

    /// <summary>Where the next message begins.</summary>
    public int End { get; init; }

    public IEnumerable<string> ValuesOf(string name) => Fields.Where(field => field.Is(name)).Select(field => field.Value);

    /// <summary>
    /// The chunked coding's and the length's rules for a body that begins at <see cref="End"/>; null where there is none.
    /// </summary>
    public BodyFraming Framing { get; init; } = BodyFraming.None;
}

/// <summary>How a body's end is found.</summary>
/// <param name="IsChunked">By the chunked coding.</param>
/// <param name="Length">By its length; null where nothing says one.</param>
public sealed record BodyFraming(bool IsChunked, long? Length)
{
    public static BodyFraming None { get; } = new(false, null);

    /// <summary>Reads the fields that say it; a fault where two readings are possible (RFC 9112, 6.1 and 6.3).</summary>
    public static (BodyFraming Framing, string? Fault) From(IReadOnlyList<Field> fields)
    {
        var codings = fields.Where(field => field.Is("transfer-encoding")).Select(field => field.Value).ToList();
        var lengths = fields.Where(field => field.Is("content-length")).Select(field => field.Value).ToList();
        if (codings.Count > 0)
        {
            return lengths.Count > 0 ? (None, "both content-length and transfer-encoding")
                : codings.Count == 1 && codings[0].Equals("chunked", StringComparison.OrdinalIgnoreCase)
                    ? (new BodyFraming(true, null), null)
                : (None, "a transfer-encoding that is not just chunked");
        }

        return lengths.Count == 0 ? (None, null)
            : lengths.Count > 1 ? (None, "more than one content-length")
            : Syntax.IsDigits(lengths[0]) && long.TryParse(lengths[0], NumberStyles.None, CultureInfo.InvariantCulture, out var length)
                ? (new BodyFraming(false, length), null)
                : (None, "a content-length that is not a number");
    }
}
