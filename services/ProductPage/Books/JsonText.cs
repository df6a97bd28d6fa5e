using System.Text.Json;

namespace Bookinfo.ProductPage.Books;

/// <summary>Reads what another service sent without trusting its shape.</summary>
internal static class JsonText
{
    /// <summary>
    /// The member's text: a string's, or a number's as it was written. Null where there is none, or it is something else.
    /// </summary>
    public static string? Text(this JsonElement element, string member)
    {
        if (!element.TryMember(member, out var value))
        {
            return null;
        }

        try
        {
            return value.ValueKind switch
            {
                JsonValueKind.String => value.GetString(),
                JsonValueKind.Number => value.GetRawText(),
                _ => null,
            };
        }
        catch (InvalidOperationException)
        {
            // Valid JSON, but half a surrogate pair or bytes that are not UTF-8.
            return null;
        }
    }

    public static bool TryMember(this JsonElement element, string member, out JsonElement value)
    {
        value = default;
        return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(member, out value);
    }
}
