using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Bookinfo.Details.Books;

/// <summary>Reads the first volume of an answer of Google Books' API (<c>items[0].volumeInfo</c>) into the contract's members.</summary>
internal static class VolumeReader
{
    private static readonly JsonWriterOptions Written = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <exception cref="JsonException">The answer is no JSON.</exception>
    /// <exception cref="BookSourceException">The answer lacks something without which there is no book.</exception>
    public static BookDetails Read(ReadOnlyMemory<byte> answer)
    {
        using var document = JsonDocument.Parse(answer);
        var book = Member(First(Member(document.RootElement, "items")), "volumeInfo");
        var identifiers = Member(book, "industryIdentifiers");
        var members = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(members, Written))
        {
            Write(writer, "author", First(Member(book, "authors")));
            Write(writer, "year", Member(book, "publishedDate"));
            writer.WriteString("type"u8, Is(Member(book, "printType"), "BOOK") ? "paperback"u8 : "unknown"u8);
            Write(writer, "pages", Member(book, "pageCount"));
            Write(writer, "publisher", Member(book, "publisher"));
            writer.WriteString("language"u8, Is(Member(book, "language"), "en") ? "English"u8 : "unknown"u8);
            Write(writer, "ISBN-10", Isbn(identifiers, "ISBN_10"));
            Write(writer, "ISBN-13", Isbn(identifiers, "ISBN_13"));
        }

        return new BookDetails(members.WrittenSpan);
    }

    // What a volume does not say is null, as in the original.
    private static void Write(Utf8JsonWriter writer, string name, JsonElement? value)
    {
        writer.WritePropertyName(name);
        if (value is { } known)
        {
            known.WriteTo(writer);
        }
        else
        {
            writer.WriteNullValue();
        }
    }

    private static JsonElement? Isbn(JsonElement? identifiers, string type)
    {
        if (identifiers is { ValueKind: JsonValueKind.Array } list)
        {
            foreach (var identifier in list.EnumerateArray())
            {
                if (Is(Member(identifier, "type"), type))
                {
                    return Member(identifier, "identifier");
                }
            }
        }

        throw new BookSourceException($"{ExternalBook.Upstream}: the volume has no {type}");
    }

    private static JsonElement First(JsonElement? list) => list is { ValueKind: JsonValueKind.Array } array && array.GetArrayLength() > 0
        ? array[0]
        : throw new BookSourceException($"{ExternalBook.Upstream}: the answer has no volume with an author");

    private static JsonElement? Member(JsonElement? of, string name) =>
        of is { ValueKind: JsonValueKind.Object } value && value.TryGetProperty(name, out var member) ? member : null;

    private static bool Is(JsonElement? value, string text) => value is { ValueKind: JsonValueKind.String } known && known.ValueEquals(text);
}
