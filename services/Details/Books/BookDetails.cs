namespace Bookinfo.Details.Books;

/// <summary>What there is to say of a book, as the answer has it after the id.</summary>
/// <param name="members">The members of a JSON object, in UTF-8, in the contract's order.</param>
internal sealed class BookDetails(ReadOnlySpan<byte> members)
{
    private readonly byte[] _tail = [(byte)',', .. members, (byte)'}'];

    /// <summary>What an answer begins with, before the id.</summary>
    public static ReadOnlySpan<byte> Head => "{\"id\":"u8;

    /// <summary>What an answer ends with, after the id.</summary>
    public ReadOnlySpan<byte> Tail => _tail;
}
