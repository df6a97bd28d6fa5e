using System.Collections.Frozen;
using System.Reflection;
using System.Security.Cryptography;

namespace Bookinfo.Web;

/// <summary>
/// The files under <c>/static</c>: those embedded in a program's assembly as <c>static/NAME</c>, and those that all pages share. They
/// travel in the assemblies, so a page needs no folder beside it.
/// </summary>
public sealed class StaticAssets
{
    /// <summary>Colors, fonts and the focus ring, for every page to load before its own style sheet.</summary>
    public const string Palette = "palette.css";

    /// <summary>The icon of every page.</summary>
    public const string Icon = "icon.svg";

    private const string ResourcePrefix = "static/";

    private readonly FrozenDictionary<string, StaticAsset> _assets;

    /// <summary>Reads the assets.</summary>
    /// <param name="program">The assembly with the page's own files.</param>
    /// <exception cref="InvalidOperationException">A file has a type that no browser is told of.</exception>
    public StaticAssets(Assembly program)
    {
        ArgumentNullException.ThrowIfNull(program);
        _assets = Load(typeof(StaticAssets).Assembly).Concat(Load(program)).ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>The asset with that name, or null.</summary>
    /// <param name="name">For example <c>page.css</c>.</param>
    public StaticAsset? Find(string name) => _assets.GetValueOrDefault(name);

    /// <summary>The asset's URL with its version, so that a browser may keep it for a year.</summary>
    /// <param name="name">For example <c>page.css</c>.</param>
    /// <exception cref="KeyNotFoundException">There is no such asset.</exception>
    public TrustedHtml UrlOf(string name) => new($"/static/{name}?v={_assets[name].Version}");

    private static IEnumerable<KeyValuePair<string, StaticAsset>> Load(Assembly assembly)
    {
        foreach (var resource in assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(ResourcePrefix, StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(resource)!;
            var content = new byte[stream.Length];
            stream.ReadExactly(content);
            var version = Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 6));
            yield return new(resource[ResourcePrefix.Length..], new StaticAsset(content, ContentTypeOf(resource), version));
        }
    }

    private static string ContentTypeOf(string name) => Path.GetExtension(name) switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        var other => throw new InvalidOperationException($"No media type is known for {other}."),
    };
}

/// <summary>One file under <c>/static</c>.</summary>
/// <param name="Content">The bytes.</param>
/// <param name="ContentType">The media type.</param>
/// <param name="Version">Changes with the content: part of the URL, and the entity tag.</param>
public sealed record StaticAsset(ReadOnlyMemory<byte> Content, string ContentType, string Version)
{
    /// <summary>The entity tag, in quotes.</summary>
    public string ETag { get; } = $"\"{Version}\"";
}
