namespace Bookinfo.Mesh.Istio.Yaml;

/// <summary>A document of a YAML text.</summary>
/// <param name="Text">Its text, with the line that begins it.</param>
/// <param name="LinesBefore">How many lines of the whole text stand before it.</param>
internal sealed record YamlDocumentText(string Text, int LinesBefore);

/// <summary>
/// Takes a text apart at the lines that begin a document, so that one document that cannot be read does not take the others with it.
/// A line that begins with <c>---</c> begins one wherever it stands (YAML 1.2, section 9.1.2).
/// </summary>
internal static class YamlDocuments
{
    public static IEnumerable<YamlDocumentText> Split(string text)
    {
        var (start, before, line) = (0, 0, 0);
        var hasContent = false;
        for (var at = 0; at < text.Length; line++)
        {
            var end = text.IndexOf('\n', at);
            var next = end < 0 ? text.Length : end + 1;
            var content = text.AsSpan(at, next - at).TrimEnd();
            var (isEnd, isContent) = (content.SequenceEqual("..."), content.Length > 0 && content[0] is not ('%' or '#'));
            if (hasContent && Begins(content))
            {
                yield return new YamlDocumentText(text[start..at], before);
                (start, before, hasContent) = (at, line, false);
            }

            // Directives and comments above the first line of a document belong to it.
            hasContent = !isEnd && (hasContent || isContent);
            at = next;
        }

        yield return new YamlDocumentText(text[start..], before);
    }

    private static bool Begins(ReadOnlySpan<char> line) =>
        line.StartsWith("---") && (line.Length == 3 || line[3] is ' ' or '\t');
}
