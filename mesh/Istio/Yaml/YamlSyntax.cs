using Bookinfo.Mesh.Istio.Model;
using YamlDotNet.Core;

namespace Bookinfo.Mesh.Istio.Yaml;

/// <summary>Says in plain words what YamlDotNet says of a text that is not YAML.</summary>
internal static class YamlSyntax
{
    public static YamlFormatException Explain(string text, int linesBefore, YamlException error)
    {
        var place = new Position((int)error.Start.Line, (int)error.Start.Column);
        var isTab = error.Message.Contains("invalid tab", StringComparison.OrdinalIgnoreCase);

        // Of a tab that it names, the scanner gives the place of the mapping around it.
        if (Tab(text, place.Line - 1, isTab ? int.MaxValue : Math.Max(place.Line, (int)error.End.Line)) is { } tab)
        {
            return new YamlFormatException(tab with { Line = tab.Line + linesBefore }, "a tab indents this line",
                "indent YAML with blanks");
        }

        return new YamlFormatException(place with { Line = place.Line + linesBefore }, $"this is not YAML: {Lower(error.Message)}",
            Hint(error.Message));
    }

    /// <summary>A tab in the indentation of the lines where the scanner stumbled.</summary>
    private static Position? Tab(string text, int first, int last)
    {
        var lines = text.AsSpan().EnumerateLines();
        for (var number = 1; number <= last && lines.MoveNext(); number++)
        {
            var indentation = lines.Current[..^lines.Current.TrimStart(" \t").Length];
            if (number >= first && indentation.IndexOf('\t') is >= 0 and var column)
            {
                return new Position(number, column + 1);
            }
        }

        return null;
    }

    private static string Lower(string message) =>
        message.Length > 1 && char.IsAsciiLetterUpper(message[0]) && char.IsAsciiLetterLower(message[1])
            ? char.ToLowerInvariant(message[0]) + message[1..].TrimEnd('.')
            : message.TrimEnd('.');

    private static string? Hint(string message) => message switch
    {
        _ when message.Contains("mapping values are not allowed", StringComparison.OrdinalIgnoreCase) =>
            "check the indentation, or put a text with a colon in quotes",
        _ when message.Contains("invalid mapping", StringComparison.OrdinalIgnoreCase) =>
            "check the indentation, or put a text with a colon in quotes",
        _ when message.Contains("simple key", StringComparison.OrdinalIgnoreCase) => "check for a missing colon, or for a blank after it",
        _ when message.Contains("anchor or alias", StringComparison.OrdinalIgnoreCase)
            || message.Contains("alias", StringComparison.OrdinalIgnoreCase) => "put a text that starts with * or & in quotes",
        _ when message.Contains("block mapping", StringComparison.OrdinalIgnoreCase)
            || message.Contains("block sequence", StringComparison.OrdinalIgnoreCase) => "check the indentation",
        _ => null,
    };
}
