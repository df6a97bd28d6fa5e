using System.Text;

namespace Bookinfo.Mesh.Analysis.Migration.Matching;

/// <summary>Writes texts as RE2 expressions.</summary>
internal static class Re2Text
{
    private const string Meta = @"\.+*?()|[]{}^$";

    /// <summary>The expression that matches this text and no other.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (Meta.Contains(c, StringComparison.Ordinal))
            {
                escaped.Append('\\');
            }

            escaped.Append(c);
        }

        return escaped.ToString();
    }
}
