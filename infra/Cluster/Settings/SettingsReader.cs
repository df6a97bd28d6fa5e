using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Bookinfo.Cluster.Settings;

/// <summary>
/// Reads typed values from a stack's configuration and keeps one sentence for each wrong one, so that somebody with three mistakes sees
/// three sentences and not the first. A wrong value reads as its default; <see cref="ThrowIfWrong"/> ends the reading.
/// </summary>
internal sealed partial class SettingsReader(StackConfiguration configuration)
{
    private readonly List<string> _problems = [];
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    /// <summary>The full keys that somebody asked for, set or not.</summary>
    public IReadOnlyCollection<string> Asked => _asked;

    /// <summary>Notes a wrong value.</summary>
    public void Wrong(string sentence) => _problems.Add(sentence);

    /// <exception cref="SettingsException">There was a wrong value, or a key that does not exist.</exception>
    public void ThrowIfWrong()
    {
        foreach (var key in configuration.Keys.Where(key => !_asked.Contains(key)))
        {
            NameUnread(key);
        }

        if (_problems.Count > 0)
        {
            throw new SettingsException(_problems);
        }
    }

    public bool Has(string key) => Raw(key) is not null;

    public string? Text(string key) => Raw(key);

    public string Text(string key, string otherwise) => Raw(key) ?? otherwise;

    /// <summary>A text that passes a rule of <see cref="Syntax"/>; the default where it does not.</summary>
    /// <param name="key">The full key.</param>
    /// <param name="otherwise">The value where the key is not set.</param>
    /// <param name="isRight">The rule.</param>
    /// <param name="hint">What to write instead, as the end of a sentence.</param>
    public string Matching(string key, string otherwise, Func<string, bool> isRight, string hint) =>
        Matching(key, isRight, hint) ?? otherwise;

    /// <summary>A text that passes a rule of <see cref="Syntax"/>, or null where it is not set or does not pass.</summary>
    public string? Matching(string key, Func<string, bool> isRight, string hint)
    {
        var text = Raw(key);
        return text is null || isRight(text) ? text : Wrong(default(string), $"{key} is {Quoted(text)}: {hint}");
    }

    /// <summary>The name of a namespace.</summary>
    public string Namespace(string key, string otherwise) =>
        Matching(key, otherwise, Syntax.IsLabel, "write the name of a namespace: lower-case letters, digits and hyphens, at most 63");

    /// <summary>The name of an object, such as a Secret or a class; null where it is not set.</summary>
    public string? ObjectName(string key, string what) =>
        Matching(key, Syntax.IsObjectName, $"write the name of {what}: lower-case letters, digits, hyphens and dots, at most 253");

    public bool Flag(string key, bool otherwise) => Raw(key) switch
    {
        null => otherwise,
        "true" or "True" => true,
        "false" or "False" => false,
        var text => Wrong(otherwise, $"{key} is {Quoted(text)}: write true or false"),
    };

    public int Whole(string key, int otherwise, int least, int most)
    {
        var text = Raw(key);
        return text is null ? otherwise
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least
                && number <= most ? number
            : Wrong(otherwise, $"{key} is {Quoted(text)}: write a whole number from {least} to {most}");
    }

    /// <summary>A duration as Istio writes it, for example <c>2.5s</c>, <c>250ms</c> or <c>1m</c>.</summary>
    public TimeSpan Duration(string key, TimeSpan otherwise)
    {
        var text = Raw(key);
        if (text is null)
        {
            return otherwise;
        }

        var match = DurationText().Match(text);
        return match.Success && double.Parse(match.Groups[1].ValueSpan,
            CultureInfo.InvariantCulture) * Unit(match.Groups[2].Value) is var ms and >= 1 and < 86_400_000
            ? TimeSpan.FromMilliseconds(ms)
            : Wrong(otherwise, $"{key} is {Quoted(text)}: write a duration of at least 1ms, such as 250ms, 2.5s or 1m");
    }

    /// <summary>A size as Kubernetes writes it, for example <c>1Gi</c>.</summary>
    public string Quantity(string key, string otherwise)
    {
        var text = Text(key, otherwise);
        return QuantityText().IsMatch(text) ? text : Wrong(otherwise, $"{key} is {Quoted(text)}: write a size such as 512Mi or 1Gi");
    }

    public T Choice<T>(string key, T otherwise, IReadOnlyDictionary<string, T> choices)
    {
        var text = Raw(key);
        return text is null ? otherwise
            : choices.TryGetValue(text, out var choice) ? choice
            : Wrong(otherwise, $"{key} is {Quoted(text)}, which is none of {string.Join(", ", choices.Keys)}{Meant(text, choices.Keys)}");
    }

    /// <summary>A list: items with commas between them, or a list of the stack file.</summary>
    public IReadOnlyList<string> List(string key)
    {
        var text = Raw(key)?.Trim();
        if (text is null or [not '[', ..] or "")
        {
            return text?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
        }

        return Json<List<JsonElement>>(key, text)?.ConvertAll(item => item.ToString()) ?? [];
    }

    /// <summary>As <see cref="List"/>, and whether all of it could be read.</summary>
    public bool TryList(string key, out IReadOnlyList<string> list)
    {
        var before = _problems.Count;
        list = List(key);
        return _problems.Count == before;
    }

    /// <summary>A map: <c>name=value</c> pairs with commas between them, or a map of the stack file.</summary>
    public IReadOnlyDictionary<string, string> Map(string key)
    {
        var text = Raw(key)?.Trim();
        if (text is ['{', ..])
        {
            return Json<Dictionary<string, JsonElement>>(key, text)?.ToDictionary(pair => pair.Key, pair => pair.Value.ToString()) ?? [];
        }

        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in List(key))
        {
            if (pair.Split('=', 2, StringSplitOptions.TrimEntries) is not [{ Length: > 0 } name, { Length: > 0 } value]
                || !map.TryAdd(name, value))
            {
                Wrong($"{key} has {Quoted(pair)}: write each name once as name=value, with commas between the pairs");
            }
        }

        return map;
    }

    /// <summary>As <see cref="Map"/>, and whether all of it could be read.</summary>
    public bool TryMap(string key, out IReadOnlyDictionary<string, string> map)
    {
        var before = _problems.Count;
        map = Map(key);
        return _problems.Count == before;
    }

    /// <summary>The names after the colon of the keys that begin with <paramref name="prefix"/> and a colon.</summary>
    public IEnumerable<string> NamesIn(string prefix) => configuration.Keys
        .Where(key => key.StartsWith(prefix + ":", StringComparison.Ordinal))
        .Select(key => key[(prefix.Length + 1)..]);

    /// <summary>The value in quotation marks, as the sentences show it.</summary>
    public static string Quoted(string text) => $"\"{text}\"";

    /// <summary>« (did you mean ...?)», or nothing.</summary>
    public static string Meant(string text, IEnumerable<string> candidates) =>
        Nearest.To(text, candidates) is { } near ? $" (did you mean {near}?)" : "";

    private string? Raw(string key)
    {
        _asked.Add(key);
        return configuration[key];
    }

    private T Wrong<T>(T otherwise, string sentence)
    {
        Wrong(sentence);
        return otherwise;
    }

    private T? Json<T>(string key, string text)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(text);
        }
        catch (JsonException)
        {
            return Wrong(default(T), $"{key} is {Quoted(text)}, which begins like JSON and is none");
        }
    }

    // A key of another program's namespace (kubernetes:context, aws:region) is none of our business; one that is nearly ours is a slip of
    // the hand.
    private void NameUnread(string key)
    {
        var spaces = _asked.Select(asked => asked[..asked.IndexOf(':', StringComparison.Ordinal)]).ToHashSet(StringComparer.Ordinal);
        var space = key.Split(':')[0];
        var near = Nearest.To(key, _asked);
        if (spaces.Contains(space) || (near is not null && Nearest.To(space, spaces) is not null))
        {
            Wrong($"{key} is not a setting that this program reads{(near is null ? "" : $" (did you mean {near}?)")}");
        }
    }

    private static double Unit(string unit) => unit switch { "ms" => 1, "s" => 1_000, "m" => 60_000, _ => 3_600_000 };

    [GeneratedRegex(@"^([0-9]+(?:\.[0-9]+)?)(ms|s|m|h)\z")]
    private static partial Regex DurationText();

    [GeneratedRegex(@"^[1-9][0-9]*(Ki|Mi|Gi|Ti|k|M|G|T)?\z")]
    private static partial Regex QuantityText();
}
