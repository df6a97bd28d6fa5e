namespace Bookinfo.Mesh.Proxy.Listeners;

/// <summary>
/// How Kestrel is made to keep what Connection names. It writes <c>close</c>, <c>keep-alive</c> or <c>upgrade</c> in the place of the whole
/// header where it finds just one of them, and the headers that end at this hop would go on. A value with names is given two of them, so
/// that Kestrel leaves it as it is, and closes the connection after the answer, as it may.
/// </summary>
internal sealed class ConnectionEncoding : HeaderValueEncoding
{
    private const string TwoOptions = ",close,keep-alive";

    /// <summary>What needs no naming: Kestrel's own options, and what is removed in any case.</summary>
    private static readonly string[] Options = ["close", "keep-alive", "upgrade", "te", "http2-settings"];

    private ConnectionEncoding()
    {
    }

    public static ConnectionEncoding Instance { get; } = new();

    public override int GetMaxCharCount(int byteCount) => byteCount + TwoOptions.Length;

    protected override string Read(ReadOnlySpan<byte> bytes)
    {
        var text = Latin1.GetString(bytes);
        foreach (var part in text.AsSpan().Split(','))
        {
            if (!IsOption(text.AsSpan(part).Trim(" \t")))
            {
                return text + TwoOptions;
            }
        }

        return text;
    }

    private static bool IsOption(ReadOnlySpan<char> name)
    {
        foreach (var option in Options)
        {
            if (name.Equals(option, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return name.IsEmpty;
    }
}
