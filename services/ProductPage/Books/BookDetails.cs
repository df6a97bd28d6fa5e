using System.Text.Json;

namespace Bookinfo.ProductPage.Books;

/// <summary>What the details service knows of the book, as far as it sent it.</summary>
/// <param name="Author">Who wrote it.</param>
/// <param name="Facts">Everything else, a name and a value each.</param>
internal sealed record BookDetails(string? Author, IReadOnlyList<(string Name, string Value)> Facts)
{
    private static readonly (string Name, string Member)[] Known =
    [
        ("Year", "year"), ("Type", "type"), ("Pages", "pages"), ("Publisher", "publisher"), ("Language", "language"),
        ("ISBN-10", "ISBN-10"), ("ISBN-13", "ISBN-13"),
    ];

    /// <summary>Null where this is not an answer of a details service.</summary>
    public static BookDetails? Read(JsonElement json)
    {
        var facts = new List<(string, string)>(Known.Length);
        foreach (var (name, member) in Known)
        {
            if (json.Text(member) is { Length: > 0 } value)
            {
                facts.Add((name, value));
            }
        }

        var author = json.Text("author");
        return author is null && facts.Count == 0 ? null : new BookDetails(author, facts);
    }
}
