using System.Globalization;

namespace Bookinfo.ServiceDefaults;

/// <summary>Product ids of details and ratings: any whole number in decimal digits, of any length, since the originals set no bound.</summary>
public static class ProductId
{
    /// <summary>Reads an id and gives its canonical form: no plus sign, no leading zeros, so that <c>007</c> and <c>7</c> are one product.</summary>
    /// <param name="text">A piece of a path, decoded.</param>
    /// <param name="id">The id as a JSON number.</param>
    /// <returns>False where the text is no whole number: empty, other characters, hexadecimal, underscores, blanks.</returns>
    public static bool TryRead(ReadOnlySpan<char> text, out ReadOnlySpan<char> id)
    {
        id = default;
        var digits = text is ['+' or '-', ..] ? text[1..] : text;
        if (digits.IsEmpty || digits.ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }

        var number = digits.TrimStart('0');
        id = (number.IsEmpty, text[0]) switch
        {
            (true, _) => "0",
            (_, '-') when number.Length < digits.Length => string.Create(CultureInfo.InvariantCulture, $"-{number}"),
            (_, '-') => text,
            _ => number,
        };
        return true;
    }
}
