namespace Bookinfo.Web;

/// <summary>One file under <c>/static</c>.</summary>
/// <param name="Content">The bytes.</param>
/// <param name="ContentType">The media type.</param>
/// <param name="Version">Changes with the content: part of the URL, and the entity tag.</param>
internal sealed record StaticAsset(ReadOnlyMemory<byte> Content, string ContentType, string Version)
{
    public string ETag { get; } = $"\"{Version}\"";
}
