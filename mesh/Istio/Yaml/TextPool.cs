namespace Bookinfo.Mesh.Istio.Yaml;

/// <summary>
/// Makes strings of pieces of text, one string for pieces that are alike: rules by the thousand repeat names of fields and hosts. It
/// remembers the last text for each of its places, and no more.
/// </summary>
internal sealed class TextPool
{
    private const int Places = 1024;

    /// <summary>Longer texts are seldom there twice.</summary>
    private const int Longest = 64;

    private readonly string?[] _texts = new string?[Places];

    /// <summary>The string for a piece of text.</summary>
    public string Get(ReadOnlySpan<char> text)
    {
        if (text.Length is 0 or > Longest)
        {
            return text.ToString();
        }

        var hash = (uint)text.Length;
        foreach (var c in text)
        {
            hash = (hash * 31) + c;
        }

        ref var place = ref _texts[hash % Places];
        return place is { } known && text.SequenceEqual(known) ? known : place = text.ToString();
    }
}
