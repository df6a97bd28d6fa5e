using System.Text.Encodings.Web;
using System.Text.Json;

namespace Bookinfo.Tests.Support;

/// <summary>Compares JSON where the contract leaves white space free.</summary>
public static class CompactJson
{
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The same JSON without white space: the same keys in the same order, with the same types.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static string Of(string json)
    {
        using var document = JsonDocument.Parse(json);
        return JsonSerializer.Serialize(document.RootElement, Options);
    }
}
