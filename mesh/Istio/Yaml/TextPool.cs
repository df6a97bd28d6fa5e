namespace Bookinfo.Mesh.Istio.Yaml;

/// <summary>
/// Gives one string for texts that are alike: rules by the thousand repeat names of fields and hosts. It remembers the last text for each
/// of its places, and no more. It may be used from several threads.
/// </summary>
internal sealed class TextPool
{
    private const int Places = 1024;

    /// <summary>Longer texts are seldom there twice.</summary>
    private const int Longest = 64;

    private readonly string?[] _texts = new string?[Places];

    /// <summary>The string to keep for a text.</summary>
    public string Get(string text)
    {
        if (text.Length is 0 or > Longest)
        {
            return text;
        }

        var hash = (uint)text.Length;
        foreach (var c in text)
        {
            hash = (hash * 31) + c;
        }

        ref var place = ref _texts[hash % Places];
        var known = place;
        return known == text ? known : place = text;
    }
}
