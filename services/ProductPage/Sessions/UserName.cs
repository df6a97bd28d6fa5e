namespace Bookinfo.ProductPage.Sessions;

/// <summary>What may be a reader's name: anything that fits on one line of a header.</summary>
internal static class UserName
{
    /// <summary>In characters. The form says so too.</summary>
    public const int LongestName = 64;

    public static bool IsAcceptable(string name) => name.Length <= LongestName && !name.Any(char.IsControl);
}
