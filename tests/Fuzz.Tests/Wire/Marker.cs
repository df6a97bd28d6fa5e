using System.Globalization;
using System.Text.RegularExpressions;

namespace Bookinfo.Tests.Fuzz.Wire;

/// <summary>
/// Text by which a caller's bytes are known wherever they turn up. Letters and digits only, so that no proxy has a reason to change it.
/// </summary>
public static partial class Marker
{
    public static string Next(Random random) => string.Create(CultureInfo.InvariantCulture, $"zk{random.NextInt64(1L << 48):x12}kz");

    public static IEnumerable<string> FindAll(string bytes) => Pattern().Matches(bytes).Select(match => match.Value);

    [GeneratedRegex("zk[0-9a-f]{12}kz")]
    private static partial Regex Pattern();
}
