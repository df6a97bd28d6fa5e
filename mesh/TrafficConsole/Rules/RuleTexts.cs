using System.Runtime.CompilerServices;
using Bookinfo.Mesh.Istio;
using Bookinfo.Mesh.Istio.Model;

namespace Bookinfo.Mesh.TrafficConsole.Rules;

/// <summary>A rule in force as the text that a person edits.</summary>
internal static class RuleTexts
{
    /// <summary>Rules that stay in force are not read again with every change of others; those that go, go from here.</summary>
    private static readonly ConditionalWeakTable<Resource, string> Texts = [];

    /// <summary>
    /// The YAML as it was written, with its comments, where that still means the rule in force. Otherwise, and where the rule came as JSON,
    /// as <see cref="RuleWriter"/> writes it.
    /// </summary>
    /// <param name="rule">The rule in force.</param>
    /// <param name="namespace">The namespace of rules that name none.</param>
    public static string Of(Resource rule, string @namespace) => Texts.GetValue(rule, _ => Read(rule, @namespace));

    private static string Read(Resource rule, string @namespace) =>
        rule.Source.Document is { } text && !text.TrimStart().StartsWith('{') && Means(text, rule, @namespace)
            ? WithoutMarks(text)
            : RuleWriter.Write(rule);

    /// <summary>Changed rules as a text to apply: that of the rules in force, changed only where they change.</summary>
    /// <param name="name">What problems print as the file.</param>
    /// <param name="current">The rules in force.</param>
    /// <param name="change">What is to be applied.</param>
    /// <param name="namespace">The namespace of rules that name none.</param>
    public static RuleSource Changed(string name, RuleSet current, RuleSet change, string @namespace) =>
        new(name, string.Join("---\n", change.Resources.Select(rule => Changed(current, rule, @namespace))));

    private static string Changed(RuleSet current, Resource rule, string @namespace)
    {
        var written = RuleWriter.Write(rule);
        var old = current.Resources.FirstOrDefault(one => one.GetType() == rule.GetType() && one.Name == rule.Name
            && one.Namespace == rule.Namespace);
        if (old is null)
        {
            return written;
        }

        var merged = YamlMerge.Merge(Of(old, @namespace), RuleWriter.Write(old), written);
        return Means(merged, rule, @namespace) ? merged : written;
    }

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
