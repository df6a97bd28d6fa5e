namespace Bookinfo.Details.Books;

/// <summary>Knows the book.</summary>
internal interface IBookSource
{
    /// <summary>Finds it on behalf of a request, whose headers are passed on where another service is asked.</summary>
    /// <exception cref="BookSourceException">It could not be found out.</exception>
    ValueTask<BookDetails> FindAsync(HttpContext caller);
}

/// <summary>The book could not be found out.</summary>
internal sealed class BookSourceException(string message, Exception? cause = null) : Exception(message, cause);
