namespace Bookinfo.Mesh.Istio.Yaml;

/// <summary>
/// Reads the part of YAML that nearly all rules are written in: mappings and lists in blocks or brackets, and scalars on one line, plain
/// or quoted. Where a text has more (anchors, tags, block scalars, tabs) or is not YAML, it gives up, and <see cref="YamlReader"/> reads
/// the document by the library. Where it does not, the outcome is the library's, places included; it is made in a tenth of the time.
/// </summary>
internal sealed class CommonYamlReader
{
    private const string MergeKey = "<<";

    private readonly YamlCursor _cursor;

    private CommonYamlReader(YamlCursor cursor) => _cursor = cursor;

    private int Values { get; set; }

    /// <summary>Reads a document; null where the library has to.</summary>
    /// <param name="text">The text of one document.</param>
    /// <param name="linesBefore">How many lines of the file stand before it.</param>
    /// <param name="pool">Where strings come from; null where they are not kept for long.</param>
    /// <param name="values">How many values it holds.</param>
    public static YamlNode? Read(string text, int linesBefore, TextPool? pool, out int values)
    {
        values = 0;
        var cursor = new YamlCursor(text, linesBefore, pool);
        var reader = new CommonYamlReader(cursor);
        try
        {
            if (!cursor.SkipToContent() || !cursor.TakeDocumentStart() || !cursor.SkipToContent() || cursor.IsAtEnd)
            {
                return null;
            }

            var root = reader.Block(-1, 1);
            values = reader.Values;
            return root is not YamlScalar && cursor.SkipToContent() && cursor.IsAtEnd ? root : null;
        }
        catch (YamlFormatException)
        {
            // A key that is there twice: the library may find another fault before it.
            return null;
        }
    }

    /// <summary>A value that begins a line, or stands behind a dash.</summary>
    /// <param name="outer">The column of the mapping or list around it, from 0; -1 for none.</param>
    /// <param name="depth">How deep it is nested, from 1.</param>
    private YamlNode? Block(int outer, int depth)
    {
        if (depth > YamlReader.DeepestNesting || _cursor.Column <= outer)
        {
            return null;
        }

        if (_cursor.Current == '-' && _cursor.IsBlankNext)
        {
            return List(_cursor.Column, depth);
        }

        if (_cursor.Current is '[' or '{')
        {
            return EndsLine(Brackets(outer, depth));
        }

        var (column, start) = (_cursor.Column, _cursor.At);
        if (_cursor.Scalar(inBrackets: false) is not { } scalar)
        {
            return null;
        }

        _cursor.SkipBlanks();
        return _cursor.Current != ':' ? EndsLine(Counted(scalar))
            : _cursor.MayBeKey(start) ? Mapping(scalar, column, depth) : null;
    }

    private YamlMapping? Mapping(YamlScalar firstKey, int column, int depth)
    {
        var entries = new YamlEntries();
        for (var key = firstKey; ;)
        {
            if (key.Value == MergeKey || _cursor.Current != ':' || !_cursor.IsBlankNext || depth >= YamlReader.DeepestNesting)
            {
                return null;
            }

            _cursor.Skip();
            Counted(key);
            if (MappingValue(column, depth + 1) is not { } value)
            {
                return null;
            }

            entries.Add(key, value);
            if (!_cursor.SkipToContent() || _cursor.Column > column)
            {
                return null;
            }

            if (_cursor.IsAtEnd || _cursor.Column < column)
            {
                return Counted(entries.ToMapping(firstKey.Place));
            }

            var start = _cursor.At;
            if (_cursor.Scalar(inBrackets: false) is not { } next || !_cursor.MayBeKey(start))
            {
                return null;
            }

            _cursor.SkipBlanks();
            key = next;
        }
    }

    /// <summary>What stands behind a key and its colon: on the line, below it, or nothing.</summary>
    private YamlNode? MappingValue(int column, int depth)
    {
        var behindColon = _cursor.Place;
        if (!_cursor.IsLineOver(out var isFit))
        {
            return !isFit ? null
                : _cursor.Current is '[' or '{' ? EndsLine(Brackets(column, depth))
                : _cursor.Scalar(inBrackets: false) is { } scalar ? EndsLine(Counted(scalar)) : null;
        }

        if (!isFit || !_cursor.SkipToContent())
        {
            return null;
        }

        // A list below a key may stand in the key's column.
        return _cursor.IsAtEnd || _cursor.Column < column || (_cursor.Column == column && !IsItem())
            ? Counted(new YamlScalar(behindColon, "", YamlScalarKind.Null))
            : _cursor.Column == column ? List(column, depth) : Block(column, depth);
    }

    private YamlSequence? List(int column, int depth)
    {
        var (place, items, size) = (_cursor.Place, new List<YamlNode>(), 1);
        while (IsItem())
        {
            _cursor.Skip();
            var line = _cursor.Line;
            if (!_cursor.SkipToContent() || _cursor.IsAtEnd || (_cursor.Line == line && IsItem())
                || Block(column, depth + 1) is not { } item)
            {
                return null;
            }

            items.Add(item);
            size += item.Size;
            if (!_cursor.SkipToContent() || _cursor.Column > column)
            {
                return null;
            }

            if (_cursor.IsAtEnd || _cursor.Column < column)
            {
                break;
            }
        }

        return Counted(new YamlSequence(place, size, items));
    }

    private bool IsItem() => _cursor.Current == '-' && _cursor.IsBlankNext;

    /// <summary>A list in brackets or a mapping in braces.</summary>
    /// <param name="outer">The column of the mapping or list in blocks around it, from 0; -1 for none.</param>
    /// <param name="depth">How deep it is nested, from 1.</param>
    private YamlNode? Brackets(int outer, int depth)
    {
        var place = _cursor.Place;
        var isList = _cursor.Current == '[';
        var close = isList ? ']' : '}';
        _cursor.Skip();
        var (items, entries, size) = (new List<YamlNode>(), new YamlEntries(), 1);
        var isFit = _cursor.SkipWithinBrackets(outer);
        for (var isFirst = true; _cursor.Current != close; isFirst = false)
        {
            if (!isFit || (!isFirst && !TakeComma(outer)))
            {
                return null;
            }

            var key = isList ? null : BracketKey(outer);
            if ((!isList && key is null) || BracketValue(outer, depth + 1) is not { } value)
            {
                return null;
            }

            if (isList)
            {
                size += value.Size;
                items.Add(value);
            }
            else
            {
                entries.Add(key!, value);
            }

            isFit = _cursor.SkipWithinBrackets(outer);
        }

        _cursor.Skip();
        return !isFit ? null : Counted(isList ? new YamlSequence(place, size, items) : (YamlNode)entries.ToMapping(place));
    }

    private bool TakeComma(int outer)
    {
        if (_cursor.Current != ',')
        {
            return false;
        }

        _cursor.Skip();
        return _cursor.SkipWithinBrackets(outer);
    }

    private YamlScalar? BracketKey(int outer)
    {
        var start = _cursor.At;
        var isQuoted = _cursor.Current is '"';
        if (_cursor.Scalar(inBrackets: true) is not { } key || !_cursor.MayBeKey(start) || key.Value == MergeKey)
        {
            return null;
        }

        _cursor.SkipBlanks();
        if (_cursor.Current != ':' || !(isQuoted || _cursor.IsBlankNext))
        {
            return null;
        }

        _cursor.Skip();
        return _cursor.SkipWithinBrackets(outer) ? Counted(key) : null;
    }

    private YamlNode? BracketValue(int outer, int depth) =>
        depth > YamlReader.DeepestNesting ? null
        : _cursor.Current is '[' or '{' ? Brackets(outer, depth)
        : _cursor.Scalar(inBrackets: true) is { } scalar ? Counted(scalar) : null;

    /// <summary>The value, where nothing stands behind it on its line.</summary>
    private YamlNode? EndsLine(YamlNode? value) => value is not null && _cursor.IsLineOver(out var isFit) && isFit ? value : null;

    private T Counted<T>(T node)
        where T : YamlNode
    {
        Values++;
        return node;
    }
}
