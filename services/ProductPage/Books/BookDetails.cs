using System.Text.Json;

namespace Bookinfo.ProductPage.Books;

/// <summary>What the details service knows of the book: a name and a value each, those that it sent.</summary>
internal sealed record BookDetails(string? Author, IReadOnlyList<(string Name, string Value)> Facts)
{
    private static readonly (string Name, string Member)[] _known =
    [
        ("Author", "author"), ("Year", "year"), ("Type", "type"), ("Pages", "pages"), ("Publisher", "publisher"), ("Language", "language"),
        ("ISBN-10", "ISBN-10"), ("ISBN-13", "ISBN-13"),
    ];

    /// <summary>Null where this is no answer of a details service.</summary>
    public static BookDetails? Read(JsonElement json)
    {
        var facts = new List<(string, string)>(_known.Length);
        foreach (var (name, member) in _known)
        {
            if (json.Text(member) is { Length: > 0 } value)
            {
                facts.Add((name, value));
            }
        }

        return facts.Count == 0 ? null : new BookDetails(json.Text("author"), facts);
    }
}
