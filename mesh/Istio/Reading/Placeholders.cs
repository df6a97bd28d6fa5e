using System.Text.RegularExpressions;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Problems;

namespace Bookinfo.Mesh.Istio.Reading;

/// <summary>Recognizes texts that something else has to make rules of first: Helm and Go templates, and variables.</summary>
internal static partial class Placeholders
{
    /// <summary>
    /// Says of a document what is to be said of a template: errors on lines with a placeholder become one error, at the first one. A
    /// document with a template's action that cannot be read is not judged at all.
    /// </summary>
    /// <param name="file">The file.</param>
    /// <param name="document">The document's text.</param>
    /// <param name="linesBefore">How many lines of the file stand before it.</param>
    /// <param name="problems">What was said of the document.</param>
    public static void Recognize(string file, string document, int linesBefore, List<Problem> problems)
    {
        if (!problems.Exists(problem => problem.Severity == Severity.Error) || !Any().IsMatch(document))
        {
            return;
        }

        var lines = document.Split('\n');
        var unreadable = problems.Exists(problem => problem.Type == MessageTypes.Unreadable) && Action().IsMatch(document);
        var marked = problems
            .Where(problem => problem.Severity == Severity.Error && (unreadable || Any().IsMatch(Line(lines, problem.Line - linesBefore))))
            .ToList();
        if (marked.Count == 0)
        {
            return;
        }

        problems.RemoveAll(marked.Contains);
        var index = unreadable ? Array.FindIndex(lines, line => Action().IsMatch(line))
            : marked.Min(problem => problem.Line) - linesBefore - 1;
        var found = (unreadable ? Action() : Any()).Match(lines[index]);
        problems.Add(Template(file, new Position(index + linesBefore + 1, found.Index + 1), found.Value.TrimEnd('\r')));
    }

    /// <summary>Whether a text has a Helm or Go template's action in it.</summary>
    public static bool IsTemplate(string text) => Action().IsMatch(text);

    /// <summary>Of several templates in one file the first is told of: they are rendered together.</summary>
    /// <param name="problems">What was said of the file.</param>
    public static void KeepFirst(List<Problem> problems)
    {
        var first = problems.Where(problem => problem.Type == MessageTypes.UnrenderedTemplate).MinBy(problem => problem.Line);
        problems.RemoveAll(problem => problem.Type == MessageTypes.UnrenderedTemplate && !ReferenceEquals(problem, first));
    }

    private static Problem Template(string file, Position place, string found)
    {
        var isAction = found.StartsWith("{{", StringComparison.Ordinal);
        return new Problem(
            Severity.Error,
            file,
            place.Line,
            place.Column,
            "",
            isAction ? $"{Messages.Quote(found)}: this is a Helm or Go template, not yet a rule"
                : $"{Messages.Quote(found)} stands for a value that something has to put in first",
            isAction ? "render it first: helm template ... | check -"
                : found.StartsWith('$') ? "render it first: envsubst < FILE | check -, or kustomize build ... | check -"
                    : "render it first: put the value in its place")
        {
            Type = MessageTypes.UnrenderedTemplate,
        };
    }

    private static string Line(string[] lines, int number) => number >= 1 && number <= lines.Length ? lines[number - 1] : "";

    [GeneratedRegex(@"\{\{.*?(\}\}|$)", RegexOptions.Multiline)]
    private static partial Regex Action();

    // Bounded, so that a text made to be slow to search is not.
    [GeneratedRegex(
        @"\{\{.*?(\}\}|$)|\$\{[^}\n]{1,200}\}|\$\([A-Za-z_][A-Za-z0-9_.-]{0,200}\)"
        + @"|\b[A-Za-z0-9_]{0,60}PLACEHOLDER[A-Za-z0-9_]{0,60}|\$[A-Z_][A-Z0-9_]{1,60}"
        + @"|\b(?:REPLACE|CHANGE)_?ME\b|(?<=:[ \[""']{1,5})<[A-Za-z*][A-Za-z0-9_.* -]{0,60}>"
        + @"|(?<=\b(?:hosts?|name|namespace):[ \[""'.a-z0-9-]{1,60})[A-Z][A-Z0-9]{0,30}(?:_[A-Z0-9]{1,30}){1,6}",
        RegexOptions.Multiline)]
    private static partial Regex Any();
}
