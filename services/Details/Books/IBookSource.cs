namespace Bookinfo.Details.Books;

/// <summary>Where the details come from.</summary>
internal interface IBookSource
{
    /// <summary>Finds the details of a book.</summary>
    /// <exception cref="BookSourceException">There are none.</exception>
    ValueTask<BookDetails> FindAsync(Int128 id, CancellationToken cancellation);
}

/// <summary>The source has no details, or cannot be asked.</summary>
internal sealed class BookSourceException(string message, Exception? cause = null) : Exception(message, cause);
