namespace Bookinfo.Details.Books;

/// <summary>The one book of release v1.</summary>
internal sealed class KnownBook : IBookSource
{
    private static readonly BookDetails ComedyOfErrors = new(
        """
        "author":"William Shakespeare","year":1595,"type":"paperback","pages":200,"publisher":"PublisherA","language":"English","ISBN-10":"1234567890","ISBN-13":"123-1234567890"
        """u8);

    public ValueTask<BookDetails> FindAsync(HttpContext caller) => ValueTask.FromResult(ComedyOfErrors);
}
