using Bookinfo.Mesh.Proxy.Requests;

namespace Bookinfo.Mesh.Proxy.Rewriting;

/// <summary>The matched prefix gives way to another: <c>/foo</c> to <c>/</c> makes <c>//bar</c> of <c>/foo/bar</c>, as in Envoy.</summary>
internal sealed class PrefixRewrite(int matchedLength, string replacement) : PathRewrite
{
    private readonly string _replacement = HttpSyntax.EncodeTarget(replacement);

    public override string Apply(string path) => string.Concat(_replacement, path.AsSpan(Math.Min(matchedLength, path.Length)));

    public override string ToString() => $"the matched prefix to {replacement}";
}
