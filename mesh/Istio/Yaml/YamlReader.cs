using System.Globalization;
using Bookinfo.Mesh.Istio.Model;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Bookinfo.Mesh.Istio.Yaml;

/// <summary>
/// Reads YAML documents into nodes, one after the other, from YamlDotNet's events. Its own object model is not used: the nodes here
/// know what kubectl makes of a scalar, and their number and depth have a bound whatever the aliases expand to.
/// </summary>
/// <param name="text">The text of one document, or of several.</param>
/// <param name="linesBefore">How many lines of the file stand before it.</param>
/// <param name="count">How many values the file held before it.</param>
/// <param name="pool">Where strings come from; null where they are not kept for long.</param>
internal sealed class YamlReader(string text, int linesBefore = 0, int count = 0, TextPool? pool = null)
{
    /// <summary>Deeper than any rule: a VirtualService ends at about twelve.</summary>
    public const int DeepestNesting = 64;

    /// <summary>The most values one source may hold, aliases expanded: some seven thousand VirtualServices of ten routes.</summary>
    public const int MostValues = 1_000_000;

    private const string YamlTag = "tag:yaml.org,2002:";

    private readonly Dictionary<string, YamlNode> _anchors = new(StringComparer.Ordinal);
    private readonly Parser _parser = new(new StringReader(text));
    private int _values = count;

    /// <summary>How many values the file holds up to here, each alias counted as what it stands for.</summary>
    public int Values => _values;

    /// <summary>The next document's root; null at the end of the text.</summary>
    /// <exception cref="YamlFormatException">The rest cannot be read.</exception>
    public YamlNode? Next()
    {
        while (Move())
        {
            if (_parser.Current is DocumentStart)
            {
                _anchors.Clear();
                Move();
                return Node(1);
            }
        }

        return null;
    }

    private bool Move()
    {
        var before = _parser.Current?.End ?? Mark.Empty;
        try
        {
            return _parser.MoveNext();
        }
        catch (YamlException error)
        {
            throw YamlSyntax.Explain(text, linesBefore, error);
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException or IndexOutOfRangeException
            or NullReferenceException or ArithmeticException)
        {
            // The parser's own checks fail on some texts that are not YAML, such as "..." with a value behind it.
            throw new YamlFormatException(Place(before), "this is not YAML: it cannot be read any further from here");
        }
    }

    private Position Place(Mark mark) => new((int)mark.Line + linesBefore, (int)mark.Column);

    /// <summary>The node whose first event is the current one; leaves its last event current.</summary>
    private YamlNode Node(int depth)
    {
        var current = _parser.Current!;
        var place = Place(current.Start);
        if (depth > DeepestNesting)
        {
            throw new YamlFormatException(place, $"values are nested more than {DeepestNesting} deep");
        }

        if (current is AnchorAlias alias)
        {
            return _anchors.TryGetValue(alias.Value.Value, out var node)
                ? Counted(node, node.Size, place)
                : throw new YamlFormatException(place, $"the alias *{alias.Value} has no anchor before it",
                    $"write &{alias.Value} at the value it stands for");
        }

        YamlNode read = current switch
        {
            Scalar scalar => Scalar(scalar, place),
            SequenceStart => Sequence(place, depth),
            MappingStart => Mapping(place, depth),
            _ => throw new YamlFormatException(place, "a value is expected here"),
        };
        if (current is NodeEvent { Anchor.IsEmpty: false } anchored)
        {
            _anchors[anchored.Anchor.Value] = read;
        }

        return Counted(read, 1, place);
    }

    private YamlNode Counted(YamlNode node, int values, Position place)
    {
        _values += values;
        return _values <= MostValues
            ? node
            : throw new YamlFormatException(place,
                string.Create(CultureInfo.InvariantCulture, $"the text holds more than {MostValues:N0} values, aliases expanded"));
    }

    private YamlScalar Scalar(Scalar scalar, Position place)
    {
        var value = pool?.Get(scalar.Value) ?? scalar.Value;
        var tag = scalar.Tag.IsEmpty || scalar.Tag.IsNonSpecific ? "" : scalar.Tag.Value;
        var plain = scalar is { Style: ScalarStyle.Plain, IsQuotedImplicit: false };
        if (tag.Length == 0)
        {
            return new YamlScalar(place, value, plain ? YamlScalar.Resolve(value) : YamlScalarKind.Text);
        }

        return tag switch
        {
            YamlTag + "str" => new YamlScalar(place, value, YamlScalarKind.Text),
            YamlTag + "int" or YamlTag + "float" or YamlTag + "bool" or YamlTag + "null" =>
                new YamlScalar(place, value, YamlScalar.Resolve(value)),
            _ => throw new YamlFormatException(place, $"the tag {tag} has no meaning in rules", "write the value without a tag"),
        };
    }

    private YamlSequence Sequence(Position place, int depth)
    {
        var items = new List<YamlNode>();
        var size = 1;
        while (Move() && _parser.Current is not SequenceEnd)
        {
            var item = Node(depth + 1);
            size += item.Size;
            items.Add(item);
        }

        return new YamlSequence(place, size, items);
    }

    private YamlMapping Mapping(Position place, int depth)
    {
        var entries = new YamlEntries();
        while (Move() && _parser.Current is not MappingEnd)
        {
            var isMerge = _parser.Current is Scalar { Style: ScalarStyle.Plain, Value: "<<" };
            var keyPlace = Place(_parser.Current!.Start);
            if (Node(depth + 1) is not YamlScalar key)
            {
                throw new YamlFormatException(keyPlace, "a key must be a plain text");
            }

            Move();
            var value = Node(depth + 1);
            if (isMerge)
            {
                entries.Merge(key, value);
            }
            else
            {
                entries.Add(key, value);
            }
        }

        return entries.ToMapping(place);
    }
}

/// <summary>A text that is not YAML, or YAML beyond what rules need.</summary>
internal sealed class YamlFormatException(Position place, string message, string? suggestion = null) : Exception(message)
{
    public Position Place { get; } = place;

    public string? Suggestion { get; } = suggestion;
}
