using Bookinfo.Catalog.V1;

namespace Bookinfo.Catalog.Books;

/// <summary>The books that the catalog knows: the one that Bookinfo has always had.</summary>
internal static class BookShelf
{
    /// <summary>Every book, ordered by id.</summary>
    public static IReadOnlyList<Book> Books { get; } =
    [
        new()
        {
            Id = 0,
            Title = "The Comedy of Errors",
            Description =
                "The Comedy of Errors is one of William Shakespeare's early plays. It is his shortest and one of his most farcical "
                + "comedies, with a "
                + "major part of the humour coming from slapstick and mistaken identity, in addition to puns and word play.",
            Url = "https://en.wikipedia.org/wiki/The_Comedy_of_Errors",
        },
    ];

    /// <summary>The book of that id, or null.</summary>
    public static Book? Find(int id) => Books.FirstOrDefault(book => book.Id == id);
}
