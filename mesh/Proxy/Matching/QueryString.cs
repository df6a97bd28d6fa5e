namespace Bookinfo.Mesh.Proxy.Matching;

/// <summary>Reads a query without copying it.</summary>
internal static class QueryString
{
    /// <summary>The first value of the parameter <paramref name="name"/>, undecoded; empty for a name without <c>=</c>.</summary>
    public static bool TryGet(ReadOnlySpan<char> query, ReadOnlySpan<char> name, out ReadOnlySpan<char> value)
    {
        foreach (var range in query.Split('&'))
        {
            var pair = query[range];
            var equals = pair.IndexOf('=');
            if ((equals < 0 ? pair : pair[..equals]).SequenceEqual(name))
            {
                value = equals < 0 ? [] : pair[(equals + 1)..];
                return true;
            }
        }

        value = default;
        return false;
    }
}
