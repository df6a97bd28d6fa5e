using Bookinfo.Mesh.Istio;
using Bookinfo.Mesh.Istio.Model;

namespace Bookinfo.Mesh.TrafficConsole.Rules;

/// <summary>A rule in force as the text that a person edits.</summary>
internal static class RuleTexts
{
    /// <summary>
    /// The YAML as it was written, with its comments, where that still means the rule in force. Otherwise, and where the rule came as JSON,
    /// as <see cref="RuleWriter"/> writes it.
    /// </summary>
    /// <param name="rule">The rule in force.</param>
    /// <param name="namespace">The namespace of rules that name none.</param>
    public static string Of(Resource rule, string @namespace) =>
        rule.Source.Document is { } text && !text.TrimStart().StartsWith('{') && Means(text, rule, @namespace)
            ? WithoutMarks(text)
            : RuleWriter.Write(rule);

    private static bool Means(string text, Resource rule, string @namespace)
    {
        var reading = RuleReader.Read(@namespace, [new RuleSource("", text)]);
        return !reading.HasErrors && reading.Rules.Resources.ToList() is [var only] && only.Equals(rule);
    }

    /// <summary>Without the line that begins the document, and without blank lines around it.</summary>
    private static string WithoutMarks(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n').ToList();
        var begin = lines.FindIndex(line => line.TrimEnd() == "---");
        if (begin >= 0 && lines.Take(begin).All(line => line.Trim() is "" || line.StartsWith('#')))
        {
            lines.RemoveAt(begin);
        }

        return string.Join('\n', lines.SkipWhile(line => line.Trim().Length == 0)).TrimEnd() + "\n";
    }
}
