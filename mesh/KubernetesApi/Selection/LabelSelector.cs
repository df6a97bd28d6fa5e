using System.Text.RegularExpressions;
using Bookinfo.Mesh.KubernetesApi.Objects;

namespace Bookinfo.Mesh.KubernetesApi.Selection;

/// <summary>
/// A label selector as <c>kubectl -l</c> writes it: <c>app=reviews,version!=v1,tier in (a,b),tier notin (c),canary,!old</c>
/// (<c>k8s.io/apimachinery/pkg/labels/selector.go</c>).
/// </summary>
internal sealed partial class LabelSelector
{
    private readonly List<Func<IReadOnlyDictionary<string, string>, bool>> _requirements = [];

    /// <summary>Whether it asks for nothing.</summary>
    public bool IsEmpty => _requirements.Count == 0;

    /// <summary>Reads a selector.</summary>
    /// <param name="text">The selector; null or empty for one that takes all.</param>
    /// <exception cref="ApiException">It is not one.</exception>
    public static LabelSelector Parse(string? text)
    {
        var selector = new LabelSelector();
        if (string.IsNullOrWhiteSpace(text))
        {
            return selector;
        }

        var at = 0;
        while (true)
        {
            var match = Requirement().Match(text, at);
            if (!match.Success)
            {
                throw ApiException.BadRequest(
                    $"unable to parse requirement: '{text[at..]}' is not a label selector; write, for example, app=reviews,version!=v1");
            }

            selector._requirements.Add(Read(match));
            at += match.Length;
            if (at == text.Length)
            {
                return selector;
            }

            at++;
        }
    }

    /// <summary>Whether an object with these labels is selected.</summary>
    public bool Matches(IReadOnlyDictionary<string, string> labels) => _requirements.TrueForAll(requirement => requirement(labels));

    private static Func<IReadOnlyDictionary<string, string>, bool> Read(Match match)
    {
        var key = match.Groups["key"].Value;
        if (match.Groups["not"].Success)
        {
            return labels => !labels.ContainsKey(key);
        }

        if (match.Groups["set"].Success)
        {
            var values = match.Groups["values"].Value.Split(',').Select(value => value.Trim()).ToHashSet(StringComparer.Ordinal);
            return match.Groups["set"].Value == "in"
                ? labels => labels.TryGetValue(key, out var value) && values.Contains(value)
                : labels => !labels.TryGetValue(key, out var value) || !values.Contains(value);
        }

        var wanted = match.Groups["value"].Value;
        return match.Groups["operator"].Value switch
        {
            "" => labels => labels.ContainsKey(key),
            "!=" => labels => !labels.TryGetValue(key, out var value) || value != wanted,
            _ => labels => labels.TryGetValue(key, out var value) && value == wanted,
        };
    }

    [GeneratedRegex(
        @"\G\s*(?:(?<not>!)\s*(?<key>[\w./-]+)|(?<key>[\w./-]+)\s+(?<set>in|notin)\s*\((?<values>[^()]*)\)"
        + @"|(?<key>[\w./-]+)\s*(?:(?<operator>==|=|!=)\s*(?<value>[\w.-]*))?)\s*(?=,|$)",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Requirement();
}
