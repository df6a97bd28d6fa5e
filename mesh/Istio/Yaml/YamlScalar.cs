using System.Globalization;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Names;
using Bookinfo.Mesh.Istio.Problems;

namespace Bookinfo.Mesh.Istio.Yaml;

/// <summary>What a scalar is to <c>kubectl</c>, which reads YAML 1.1: <c>on</c> is a boolean there, and <c>1.10</c> a number.</summary>
internal enum YamlScalarKind
{
    Text,
    Null,
    Boolean,
    Integer,
    Float,
}

internal sealed class YamlScalar(Position place, string value, YamlScalarKind kind) : YamlNode(place, 1)
{
    public string Value { get; } = value;

    public YamlScalarKind Kind { get; } = kind;

    /// <summary>For <see cref="YamlScalarKind.Boolean"/>.</summary>
    public bool IsTrue => Value is "true" or "True" or "TRUE" or "yes" or "Yes" or "YES" or "on" or "On" or "ON" or "y" or "Y";

    public override string Noun => Kind switch
    {
        YamlScalarKind.Null => "nothing",
        YamlScalarKind.Boolean => $"the boolean {Value}",
        YamlScalarKind.Integer or YamlScalarKind.Float => $"the number {Value}",
        _ => $"the text {Messages.Quote(Value)}",
    };

    /// <summary>Resolves a scalar without quotes as go-yaml 2 does (its <c>resolve.go</c>), which is what kubectl reads with.</summary>
    public static YamlScalarKind Resolve(string value)
    {
        switch (value)
        {
            case "" or "~" or "null" or "Null" or "NULL":
                return YamlScalarKind.Null;
            case "true" or "True" or "TRUE" or "false" or "False" or "FALSE":
            case "yes" or "Yes" or "YES" or "no" or "No" or "NO" or "y" or "Y" or "n" or "N":
            case "on" or "On" or "ON" or "off" or "Off" or "OFF":
                return YamlScalarKind.Boolean;
            case ".inf" or ".Inf" or ".INF" or "+.inf" or "+.Inf" or "+.INF" or "-.inf" or "-.Inf" or "-.INF" or ".nan" or ".NaN" or ".NAN":
                return YamlScalarKind.Float;
        }

        if (!char.IsAsciiDigit(value[0]) && value[0] is not ('-' or '+' or '.'))
        {
            return YamlScalarKind.Text;
        }

        return IsInteger(value) ? YamlScalarKind.Integer : IsFloat(value) ? YamlScalarKind.Float : YamlScalarKind.Text;
    }

    private static bool IsInteger(string value)
    {
        var digits = value.AsSpan(value[0] is '-' or '+' ? 1 : 0);
        if (digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            return digits.Length > 2 && Characters.AreAll(digits[2..], "0123456789abcdefABCDEF_");
        }

        if (digits.StartsWith("0b", StringComparison.OrdinalIgnoreCase) || digits.StartsWith("0o", StringComparison.OrdinalIgnoreCase))
        {
            return digits.Length > 2 && Characters.AreAll(digits[2..], "01234567_");
        }

        return digits.Length > 0 && char.IsAsciiDigit(digits[0]) && Characters.AreAll(digits, "0123456789_");
    }

    private static bool IsFloat(string value) =>
        double.TryParse(value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
            CultureInfo.InvariantCulture, out _);
}
