namespace Bookinfo.Tests.Fuzz.Wire;

/// <summary>The characters of RFC 9110 and RFC 9112.</summary>
public static class Syntax
{
    private const string TokenMarks = "!#$%&'*+-.^_`|~";

    /// <summary>A method or field name (RFC 9110, 5.6.2).</summary>
    public static bool IsToken(string text) => text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || TokenMarks.Contains(c));

    /// <summary>Visible ASCII only, as a request target has to be (RFC 9112, 3.2).</summary>
    public static bool IsVisible(string text) => text.All(c => c is > ' ' and < '\x7f');

    /// <summary>A field value: no control character but the tab (RFC 9110, 5.5).</summary>
    public static bool IsFieldValue(string text) => text.All(c => c is '\t' or >= ' ' and not '\x7f');

    public static bool IsDigits(string text) => text.Length > 0 && text.All(char.IsAsciiDigit);

    public static string TrimBlanks(string text) => text.Trim(' ', '\t');
}
