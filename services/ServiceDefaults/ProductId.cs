using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Bookinfo.ServiceDefaults;

/// <summary>A product id of details and ratings: any whole number, since the originals set no bound. In JSON it is a number.</summary>
[JsonConverter(typeof(ProductIdConverter))]
public readonly record struct ProductId
{
    private readonly BigInteger _number;

    private ProductId(BigInteger number) => _number = number;

    /// <summary>Reads an id.</summary>
    /// <param name="text">A part of a path, decoded.</param>
    /// <param name="id">The id; <c>007</c> and <c>+7</c> are the same product as <c>7</c>.</param>
    /// <returns>False where the text is not a whole number in decimal digits.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out ProductId id)
    {
        var isNumber = BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number);
        id = new(number);
        return isNumber;
    }

    /// <summary>The id in decimal digits, without leading zeros.</summary>
    public override string ToString() => _number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Writes and reads a <see cref="ProductId"/> as a JSON number of any length.</summary>
public sealed class ProductIdConverter : JsonConverter<ProductId>
{
    /// <inheritdoc/>
    public override ProductId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        ProductId.TryParse(JsonElement.ParseValue(ref reader).GetRawText(), out var id) ? id
            : throw new JsonException("A product id is a whole number.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, ProductId value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteRawValue(value.ToString(), skipInputValidation: true);
    }
}
