namespace Bookinfo.Ratings;

/// <summary>
/// The ratings of one book: reviewers' names and their stars, in the order in which they were given. Kept as JSON text, for they come, stay and go as one.
/// </summary>
internal sealed class RatingSet
{
    /// <summary>Reviewer1 gives 5 stars, Reviewer2 gives 4: Bookinfo's ratings of any book.</summary>
    public static RatingSet Default { get; } = new("""{"Reviewer1":5,"Reviewer2":4}"""u8);

    private readonly byte[] _tail;

    /// <param name="json">An object of names and stars, in UTF-8, without white space.</param>
    public RatingSet(ReadOnlySpan<byte> json) => _tail = [.. Before, .. json, (byte)'}'];

    /// <summary>What an answer begins with, before the book's id.</summary>
    public static ReadOnlySpan<byte> Head => "{\"id\":"u8;

    /// <summary>What an answer ends with, after the book's id.</summary>
    public ReadOnlySpan<byte> Tail => _tail;

    /// <summary>The object of names and stars.</summary>
    public ReadOnlySpan<byte> Json => _tail.AsSpan(Before.Length..^1);

    private static ReadOnlySpan<byte> Before => ",\"ratings\":"u8;
}
