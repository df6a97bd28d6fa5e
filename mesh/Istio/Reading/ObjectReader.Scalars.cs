using System.Globalization;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Problems;
using Bookinfo.Mesh.Istio.Yaml;

namespace Bookinfo.Mesh.Istio.Reading;

/// <content>Texts, numbers, booleans, durations, percentages and names of enumerations, as the CRDs of istio/api have them.</content>
internal sealed partial class ObjectReader
{
    /// <summary>A text.</summary>
    public string? Text(string name) => Value(name) is { } value ? Text(value, _path.Field(name)) : null;

    /// <summary>Kubernetes' IntOrString: a whole number or a text, as it is written.</summary>
    public string? IntOrString(string name)
    {
        switch (Value(name))
        {
            case null:
                return null;
            case YamlScalar { Kind: YamlScalarKind.Text or YamlScalarKind.Integer } scalar:
                return scalar.Value;
            case var other:
                Wrong(other, _path.Field(name), "a whole number or a text");
                return null;
        }
    }

    /// <summary>A list of texts.</summary>
    public IReadOnlyList<string> Texts(string name)
    {
        var path = _path.Field(name);
        return Items(name, (item, i) => Text(item, path.Item(i)));
    }

    /// <summary>A map of texts.</summary>
    public IReadOnlyDictionary<string, string> TextMap(string name)
    {
        var path = _path.Field(name);
        return Map(name, (entry, key) => Text(entry.Value, path.Key(key)));
    }

    /// <summary>An integer of 32 bits.</summary>
    public int? Int32(string name) => (int?)Integer(name, int.MinValue, int.MaxValue);

    /// <summary>An integer of 32 bits that Istio's API has without sign. More than 2^31 - 1 is of no use in any of its fields.</summary>
    public int? UInt32(string name) => (int?)Integer(name, 0, int.MaxValue);

    /// <summary>An integer of 64 bits without sign.</summary>
    public ulong? UInt64(string name) => (ulong?)Integer(name, 0, long.MaxValue);

    /// <summary>A list of integers of 32 bits without sign.</summary>
    public IReadOnlyList<int> UInt32s(string name)
    {
        var path = _path.Field(name);
        return [.. Items(name, (item, i) => UInt32(item, path.Item(i))).Select(number => number.Value)];
    }

    /// <summary>A map of integers of 32 bits without sign.</summary>
    public IReadOnlyDictionary<string, int> UInt32Map(string name)
    {
        var path = _path.Field(name);
        return Map(name, (entry, key) => UInt32(entry.Value, path.Key(key)))
            .ToDictionary(entry => entry.Key, entry => entry.Value.Value, StringComparer.Ordinal);
    }

    /// <summary>A number, with a fraction or without.</summary>
    public double? Number(string name) => Value(name) is { } value ? Number(value, _path.Field(name)) : null;

    /// <summary>Istio's Percent: <c>{value: 12.5}</c>, where an empty one is 0.</summary>
    public double? Percent(string name) => Object(name, "Percent", percent => new Box<double>(percent.Number("value") ?? 0))?.Value;

    /// <summary>Istio's PortSelector: <c>{number: 9080}</c>.</summary>
    public int? PortSelector(string name) => Object(name, "PortSelector", port => new Box<int>(port.UInt32("number") ?? 0))?.Value;

    /// <summary>A boolean.</summary>
    public bool? Boolean(string name)
    {
        switch (Value(name))
        {
            case null:
                return null;
            case YamlScalar { Kind: YamlScalarKind.Boolean } scalar:
                return scalar.IsTrue;
            case var other:
                Wrong(other, _path.Field(name), "true or false");
                return null;
        }
    }

    /// <summary>A length of time.</summary>
    public TimeSpan? Duration(string name)
    {
        switch (Value(name))
        {
            case null:
                return null;
            case YamlScalar { Kind: YamlScalarKind.Text } scalar:
                var duration = GoDuration.Parse(scalar.Value, out var reason);
                if (duration is null)
                {
                    _scope.Error(scalar.Place, _path.Field(name), $"{Messages.Quote(scalar.Value)} is not a duration: {reason}",
                        "write it as 7s, 0.5s, 100ms or 1m30s");
                }

                return duration;
            case YamlScalar { Kind: YamlScalarKind.Integer } number:
                _scope.Error(number.Place, _path.Field(name), $"a duration needs a unit, {number.Value} given",
                    $"write {number.Value}s for seconds or {number.Value}ms for milliseconds");
                return null;
            case var other:
                Wrong(other, _path.Field(name), "a duration such as 7s or 100ms");
                return null;
        }
    }

    /// <summary>A name of an enumeration.</summary>
    public T? Name<T>(string name, EnumNames<T> names)
        where T : struct, Enum
    {
        switch (Value(name))
        {
            case null:
                return null;
            case YamlScalar { Kind: YamlScalarKind.Text } scalar:
                if (names.Find(scalar.Value) is { } found)
                {
                    return found;
                }

                var reason = UnsupportedFields.Reason(_message, $"{name}: {scalar.Value}");
                _scope.Error(
                    reason is null ? MessageTypes.SchemaValidationError : MessageTypes.Unsupported,
                    scalar.Place,
                    _path.Field(name),
                    reason is null ? $"{Messages.Quote(scalar.Value)} is not a value of {name}"
                        : $"the mesh does not support {scalar.Value}: {reason}",
                    $"use {Messages.OneOf(names.All)}");
                return null;
            case var other:
                Wrong(other, _path.Field(name), Messages.OneOf(names.All));
                return null;
        }
    }

    private string? Text(YamlNode value, RulePath path)
    {
        switch (value)
        {
            case YamlScalar { Kind: YamlScalarKind.Text } scalar:
                return scalar.Value;
            case YamlScalar scalar:
                _scope.Error(scalar.Place, path, $"a text is wanted; without quotes YAML reads {scalar.Noun}", $"write \"{scalar.Value}\"");
                return null;
            default:
                Wrong(value, path, "a text");
                return null;
        }
    }

    private double? Number(YamlNode value, RulePath path)
    {
        if (value is not YamlScalar { Kind: YamlScalarKind.Integer or YamlScalarKind.Float } scalar
            || !double.TryParse(scalar.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            Wrong(value, path, "a number");
            return null;
        }

        if (double.IsFinite(number))
        {
            return number;
        }

        _scope.Error(scalar.Place, path, $"{scalar.Value} is out of range", "use a smaller number");
        return null;
    }

    private Box<int>? UInt32(YamlNode value, RulePath path) =>
        Integer(value, path, 0, int.MaxValue) is { } number ? new Box<int>((int)number) : null;

    private long? Integer(string name, long least, long most) =>
        Value(name) is { } value ? Integer(value, _path.Field(name), least, most) : null;

    private long? Integer(YamlNode value, RulePath path, long least, long most)
    {
        if (value is not YamlScalar { Kind: YamlScalarKind.Integer or YamlScalarKind.Float } scalar)
        {
            Wrong(value, path, "a whole number");
            return null;
        }

        var digits = scalar.Value.AsSpan().TrimStart("+-");
        if (scalar.Kind == YamlScalarKind.Integer && ((digits.Length > 1 && digits[0] == '0') || digits.Contains('_')))
        {
            _scope.Error(scalar.Place, path,
                $"{scalar.Value} is not a decimal number: YAML reads a leading 0 as octal, hexadecimal or binary",
                    "write a decimal number");
            return null;
        }

        if (!decimal.TryParse(scalar.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            || number != Math.Truncate(number))
        {
            Wrong(value, path, "a whole number");
            return null;
        }

        if (number >= least && number <= most)
        {
            return (long)number;
        }

        _scope.Error(scalar.Place, path, $"{scalar.Value} is out of range",
            string.Create(CultureInfo.InvariantCulture, $"use {least} to {most}"));
        return null;
    }

    private void Wrong(YamlNode value, RulePath path, string wanted)
    {
        var hint = value is YamlScalar { Kind: YamlScalarKind.Text } text
            && double.TryParse(text.Value.TrimEnd('%'), CultureInfo.InvariantCulture, out _)
            ? $"write {text.Value.TrimEnd('%')} without quotes{(text.Value.EndsWith('%') ? " and without %" : "")}"
            : null;
        _scope.Error(value.Place, path, $"{wanted} is wanted, {value.Noun} given", hint);
    }

    private sealed record Box<T>(T Value);
}
