using System.Collections.Concurrent;

namespace Bookinfo.Mesh.Proxy.Telemetry;

/// <summary>The short names that access logs and metrics use.</summary>
internal static class ResponseFlagNames
{
    private static readonly string[] Names = ["UH", "UT", "UR", "UF", "UC", "UO", "NR", "DI", "FI", "DC", "URX", "DPE", "UPE", "NC", "LR"];
    private static readonly ConcurrentDictionary<ResponseFlags, string> Texts = new();

    /// <summary><c>-</c> for none, else the names joined by commas: <c>UF,URX</c>.</summary>
    public static string Text(this ResponseFlags flags) => flags == ResponseFlags.None ? "-" : Texts.GetOrAdd(flags, Join);

    private static string Join(ResponseFlags flags) => string.Join(',', Names.Where((_, bit) => ((int)flags & (1 << bit)) != 0));
}
