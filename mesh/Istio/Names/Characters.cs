namespace Bookinfo.Mesh.Istio.Names;

/// <summary>
/// What texts are made of. Plain loops on purpose: the names in rules are short, and the vectorized searches of the runtime cost more to
/// compile at start-up than they ever save here.
/// </summary>
internal static class Characters
{
    /// <summary>Whether every character is an ASCII letter, a digit or one of the others.</summary>
    public static bool AreLettersDigitsOr(ReadOnlySpan<char> text, string others)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && !IsIn(c, others))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether every character is one of these.</summary>
    public static bool AreAll(ReadOnlySpan<char> text, string characters) => Leading(text, characters) == text.Length;

    /// <summary>How many of the first characters are all of these.</summary>
    public static int Leading(ReadOnlySpan<char> text, string characters)
    {
        var length = 0;
        while (length < text.Length && IsIn(text[length], characters))
        {
            length++;
        }

        return length;
    }

    private static bool IsIn(char c, string characters)
    {
        foreach (var each in characters)
        {
            if (each == c)
            {
                return true;
            }
        }

        return false;
    }
}
