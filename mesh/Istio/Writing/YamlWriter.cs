using System.Globalization;
using System.Text;
using Bookinfo.Mesh.Istio.Yaml;

namespace Bookinfo.Mesh.Istio.Writing;

/// <summary>
/// Writes block-style YAML as Istio's own samples look: two blanks of indentation, lists as far out as their key. What is absent is not
/// written.
/// </summary>
internal sealed class YamlWriter
{
    private readonly StringBuilder _text = new();
    private int _indentation;
    private bool _afterDash;

    public void Document(Action<YamlWriter> body)
    {
        if (_text.Length > 0)
        {
            _text.Append("---\n");
        }

        body(this);
    }

    public void Text(string name, string? value)
    {
        if (value is not null)
        {
            Key(name).Append(' ').Append(YamlText.Scalar(value)).Append('\n');
        }
    }

    public void Plain(string name, string? value)
    {
        if (value is not null)
        {
            Key(name).Append(' ').Append(value).Append('\n');
        }
    }

    public void Number(string name, long? value) => Plain(name, value?.ToString(CultureInfo.InvariantCulture));

    public void Number(string name, ulong? value) => Plain(name, value?.ToString(CultureInfo.InvariantCulture));

    public void Number(string name, double? value) => Plain(name, value?.ToString(CultureInfo.InvariantCulture));

    public void Boolean(string name, bool? value) => Plain(name, value switch { null => null, true => "true", false => "false" });

    /// <summary>A boolean that is false where it is absent.</summary>
    public void Flag(string name, bool value) => Boolean(name, value ? true : null);

    public void Duration(string name, TimeSpan? value) => Plain(name, value is { } duration ? GoDuration.Format(duration) : null);

    public void Percent(string name, double? value) =>
        Object(name, value is { } number ? new Box(number) : null, percent => Number("value", percent.Value));

    public void Port(string name, int? value) =>
        Object(name, value is { } number ? new Box(number) : null, port => Number("number", port.Value));

    public void Name<T>(string name, T? value, EnumNames<T> names)
        where T : struct, Enum => Plain(name, value is { } known ? names.Of(known) : null);

    public void Object<T>(string name, T? value, Action<T> body)
        where T : class
    {
        if (value is null)
        {
            return;
        }

        var end = Key(name).Length;
        _text.Append('\n');
        _indentation++;
        body(value);
        _indentation--;
        if (_text.Length == end + 1)
        {
            _text.Length = end;
            _text.Append(" {}\n");
        }
    }

    public void Map<T>(string name, IReadOnlyDictionary<string, T> values, Action<string, T> entry) =>
        Object(name, values.Count > 0 ? values : null, all =>
        {
            foreach (var (key, value) in all)
            {
                entry(key, value);
            }
        });

    public void Texts(string name, IReadOnlyDictionary<string, string> values) => Map(name, values, Text);

    public void Objects<T>(string name, IReadOnlyList<T> values, Action<T> body) => List(name, values, value =>
    {
        _text.Append("- ");
        _afterDash = true;
        _indentation++;
        body(value);
        _indentation--;
        if (_afterDash)
        {
            _afterDash = false;
            _text.Append("{}\n");
        }
    });

    public void Texts(string name, IReadOnlyList<string> values) =>
        List(name, values, value => _text.Append("- ").Append(YamlText.Scalar(value)).Append('\n'));

    public void Numbers(string name, IReadOnlyList<int> values) =>
        List(name, values, value => _text.Append(CultureInfo.InvariantCulture, $"- {value}\n"));

    public override string ToString() => _text.ToString();

    private void List<T>(string name, IReadOnlyList<T> values, Action<T> item)
    {
        if (values.Count == 0)
        {
            return;
        }

        Key(name).Append('\n');
        foreach (var value in values)
        {
            _text.Append(' ', 2 * _indentation);
            item(value);
        }
    }

    private StringBuilder Key(string name)
    {
        _text.Append(' ', _afterDash ? 0 : 2 * _indentation);
        _afterDash = false;
        return _text.Append(YamlText.Scalar(name)).Append(':');
    }

    private sealed record Box(double Value);
}
