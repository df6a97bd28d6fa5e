namespace Bookinfo.Mesh.Istio.Yaml;

/// <summary>A document of a text, parsed.</summary>
/// <param name="Document">Its text.</param>
/// <param name="Roots">Its roots, up to what cannot be read.</param>
/// <param name="Error">What cannot be read; null where all can.</param>
/// <param name="Values">How many values it holds, each alias counted as what it stands for.</param>
internal sealed record ParsedDocument(YamlDocumentText Document, IReadOnlyList<YamlNode> Roots, YamlFormatException? Error, int Values)
{
    /// <summary>So many documents are parsed at a time: their nodes are held until they are read.</summary>
    private const int Together = 128;

    /// <summary>Fewer are parsed sooner by one thread.</summary>
    private const int Few = 8;

    /// <summary>Parses the documents of a text, in order; many of them on all processors.</summary>
    /// <param name="text">The text.</param>
    /// <param name="pool">Where strings come from.</param>
    public static IEnumerable<ParsedDocument> All(string text, TextPool pool) =>
        YamlDocuments.Split(text).Chunk(Together).SelectMany(documents => All(documents, pool));

    /// <summary>Parses one document.</summary>
    /// <param name="document">Its text.</param>
    /// <param name="count">How many values the file held before it.</param>
    /// <param name="pool">Where strings come from.</param>
    public static ParsedDocument Of(YamlDocumentText document, int count, TextPool pool)
    {
        var reader = new YamlReader(document.Text, document.LinesBefore, count, pool);
        var roots = new List<YamlNode>();
        try
        {
            while (reader.Next() is { } root)
            {
                roots.Add(root);
            }

            return new ParsedDocument(document, roots, null, reader.Values - count);
        }
        catch (YamlFormatException error)
        {
            return new ParsedDocument(document, roots, error, reader.Values - count);
        }
    }

    private static ParsedDocument[] All(YamlDocumentText[] documents, TextPool pool)
    {
        var parsed = new ParsedDocument[documents.Length];
        if (documents.Length < Few)
        {
            for (var i = 0; i < documents.Length; i++)
            {
                parsed[i] = Of(documents[i], 0, pool);
            }
        }
        else
        {
            Parallel.For(0, documents.Length, i => parsed[i] = Of(documents[i], 0, pool));
        }

        return parsed;
    }
}
