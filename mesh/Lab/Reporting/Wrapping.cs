using System.Text;

namespace Bookinfo.Mesh.Lab.Reporting;

/// <summary>Breaks lines between words, for a terminal of 80 columns.</summary>
internal static class Wrapping
{
    /// <summary>The columns there are.</summary>
    public const int Columns = 80;

    /// <summary>The text behind its head; further lines are as far in as the first word.</summary>
    /// <param name="head">What the first line begins with.</param>
    /// <param name="text">The text.</param>
    public static string Wrap(string head, string text)
    {
        var lines = new StringBuilder(head);
        var column = head.Length;
        foreach (var word in text.Split(' '))
        {
            if (column > head.Length && column + 1 + word.Length > Columns)
            {
                lines.AppendLine().Append(' ', head.Length);
                column = head.Length;
            }
            else if (column > head.Length)
            {
                lines.Append(' ');
                column++;
            }

            lines.Append(word);
            column += word.Length;
        }

        return lines.ToString();
    }
}
