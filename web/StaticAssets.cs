using System.Collections.Frozen;
using System.Security.Cryptography;

namespace Bookinfo.Web;

/// <summary>Everything under <c>/static</c>, read once from the assembly that this is compiled into: a page needs no folder beside it, wherever it runs.</summary>
internal static class StaticAssets
{
    private const string ResourcePrefix = "static/";

    private static readonly FrozenDictionary<string, StaticAsset> _assets = Load();

    /// <summary>The asset of that name, or null.</summary>
    public static StaticAsset? Find(string name) => _assets.GetValueOrDefault(name);

    /// <summary>The asset's URL with its version, so that a browser may keep it for a year.</summary>
    public static string UrlOf(string name) => $"/static/{name}?v={_assets[name].Version}";

    private static FrozenDictionary<string, StaticAsset> Load()
    {
        var assembly = typeof(StaticAssets).Assembly;
        var assets = new Dictionary<string, StaticAsset>(StringComparer.Ordinal);
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.StartsWith(ResourcePrefix, StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(resource)!;
            var content = new byte[stream.Length];
            stream.ReadExactly(content);
            var version = Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 6));
            assets.Add(resource[ResourcePrefix.Length..], new StaticAsset(content, ContentTypeOf(resource), version));
        }

        return assets.ToFrozenDictionary();
    }

    private static string ContentTypeOf(string name) => Path.GetExtension(name) switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        var other => throw new InvalidOperationException($"No media type is known for {other}."),
    };
}
