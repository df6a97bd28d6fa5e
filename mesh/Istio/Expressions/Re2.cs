using System.Text.RegularExpressions;
using Bookinfo.Mesh.Istio.Problems;

namespace Bookinfo.Mesh.Istio.Expressions;

/// <summary>
/// RE2 expressions as .NET ones that match the same and, as in RE2, in time linear to the text. Source of the syntax:
/// <see href="https://github.com/google/re2/wiki/Syntax"/> as Go's regexp reads it, with which istiod checks.
/// </summary>
public static class Re2
{
    /// <summary>The longest expression that istiod takes (<c>validateStringRegexp</c>).</summary>
    public const int LongestPattern = 1024;

    private const string TooLarge = "its repetitions come to more than the mesh can match in linear time; use smaller counts";

    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    /// <summary>What is wrong with an expression, in a few words; null where nothing is.</summary>
    public static string? FindError(string pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        return Translate(pattern, out var translated, out _) ?? (MayBeTooLarge(pattern) ? FindSizeError(translated) : null);
    }

    /// <summary>An expression that must match the whole text, as in a rule's <c>regex</c>.</summary>
    /// <exception cref="ArgumentException">The expression has an error: <see cref="FindError"/>.</exception>
    public static Regex WholeText(string pattern) => Build($@"\A(?:{DotNet(pattern)})\z");

    /// <summary>An expression that is looked for anywhere in the text, as in <c>uriRegexRewrite.match</c>.</summary>
    /// <exception cref="ArgumentException">The expression has an error: <see cref="FindError"/>.</exception>
    public static Regex Anywhere(string pattern) => Build(DotNet(pattern));

    /// <summary>RE2's replacement text, <c>\1</c> for a group and <c>\\</c> for a backslash, as .NET's.</summary>
    public static string Replacement(string rewrite)
    {
        ArgumentNullException.ThrowIfNull(rewrite);
        return Rewrite.Translate(rewrite);
    }

    /// <summary>What is wrong with a replacement text for an expression that has no error itself; null where nothing is.</summary>
    internal static string? FindReplacementError(string pattern, string rewrite) =>
        Translate(pattern, out _, out var groups) is null ? Rewrite.FindError(rewrite, groups) : null;

    /// <summary>Only repetitions make an expression much larger than its text.</summary>
    private static bool MayBeTooLarge(string pattern) =>
        pattern.Contains('{', StringComparison.Ordinal) || pattern.Length > LongestPattern / 4;

    /// <summary>Whether the runtime's linear matcher takes the expression: it has a bound of its own, below RE2's for some.</summary>
    private static string? FindSizeError(string translated)
    {
        try
        {
            _ = Build(translated);
            return null;
        }
        catch (ArgumentException)
        {
            return TooLarge;
        }
    }

    private static Regex Build(string translated)
    {
        try
        {
            return new Regex(translated, Options);
        }
        catch (NotSupportedException e)
        {
            throw new ArgumentException(TooLarge, nameof(translated), e);
        }
    }

    private static string DotNet(string pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        return Translate(pattern, out var translated, out _) is { } error
            ? throw new ArgumentException($"{Messages.Quote(pattern)} is not RE2 expression: {error}", nameof(pattern))
            : translated;
    }

    private static string? Translate(string pattern, out string translated, out int groups)
    {
        translated = "";
        groups = 0;
        if (pattern.Length > LongestPattern)
        {
            return $"it has {pattern.Length} characters, {LongestPattern} are allowed";
        }

        try
        {
            var parser = new Re2Parser(pattern);
            translated = parser.Translate();
            groups = parser.Groups;
            return null;
        }
        catch (Re2SyntaxException error)
        {
            return error.Message;
        }
    }
}
