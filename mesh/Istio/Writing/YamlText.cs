using System.Globalization;
using Bookinfo.Mesh.Istio.Names;
using Bookinfo.Mesh.Istio.Yaml;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Bookinfo.Mesh.Istio.Writing;

/// <summary>
/// Writes plain values as block-style YAML, as Istio's own samples look: two blanks of indentation, lists as far out as their key, texts
/// without quotes where every reader takes them for texts.
/// </summary>
internal sealed class YamlText(Emitter emitter)
{
    /// <summary>One document for each object; no text for none.</summary>
    public static string Of(IReadOnlyList<Dictionary<string, object>> documents)
    {
        if (documents.Count == 0)
        {
            return "";
        }

        using var text = new StringWriter();
        var emitter = new Emitter(text, EmitterSettings.Default.WithNewLine("\n"));
        var yaml = new YamlText(emitter);
        emitter.Emit(new StreamStart());
        for (var i = 0; i < documents.Count; i++)
        {
            emitter.Emit(new DocumentStart(null, null, isImplicit: i == 0));
            yaml.Value(documents[i]);
            emitter.Emit(new DocumentEnd(isImplicit: true));
        }

        emitter.Emit(new StreamEnd());
        return text.ToString();
    }

    private void Value(object value)
    {
        switch (value)
        {
            case Dictionary<string, object> fields:
                Fields(fields);
                break;
            case object[] items:
                emitter.Emit(new SequenceStart(AnchorName.Empty, TagName.Empty, isImplicit: true, SequenceStyle.Block));
                Array.ForEach(items, Value);
                emitter.Emit(new SequenceEnd());
                break;
            case string text:
                Text(text);
                break;
            case bool flag:
                emitter.Emit(new Scalar(flag ? "true" : "false"));
                break;
            default:
                emitter.Emit(new Scalar(Convert.ToString(value, CultureInfo.InvariantCulture)!));
                break;
        }
    }

    private void Fields(Dictionary<string, object> fields)
    {
        emitter.Emit(new MappingStart(AnchorName.Empty, TagName.Empty, isImplicit: true, MappingStyle.Block));
        foreach (var (name, value) in fields)
        {
            Text(name);
            Value(value);
        }

        emitter.Emit(new MappingEnd());
    }

    private void Text(string text) => emitter.Emit(new Scalar(AnchorName.Empty, TagName.Empty, text,
        IsPlain(text) ? ScalarStyle.Plain : ScalarStyle.DoubleQuoted, isPlainImplicit: true, isQuotedImplicit: true));

    private static bool IsPlain(string text) =>
        text.Length > 0
        && (char.IsAsciiLetterOrDigit(text[0]) || text[0] == '/')
        && Characters.AreLettersDigitsOr(text, "-_./")
        && YamlScalar.Resolve(text) == YamlScalarKind.Text
        && !IsLikeATime(text);

    /// <summary><c>2026-08-01</c>, which YAML 1.1 reads as a day.</summary>
    private static bool IsLikeATime(string text) => char.IsAsciiDigit(text[0]) && text.Count(c => c == '-') == 2;
}
