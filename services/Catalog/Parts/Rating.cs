using System.Globalization;
using System.Text.Json;

namespace Bookinfo.Catalog.Parts;

/// <summary>The scale of a rating: one to five stars.</summary>
internal static class Rating
{
    /// <summary>The number of stars, where it is on the scale.</summary>
    /// <exception cref="JsonException">It is not.</exception>
    public static int Checked(int stars) => stars is >= 1 and <= 5
        ? stars
        : throw new JsonException(string.Create(CultureInfo.InvariantCulture, $"{stars} stars are not between 1 and 5"));
}
