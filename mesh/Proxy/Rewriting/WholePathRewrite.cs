using Bookinfo.Mesh.Proxy.Requests;

namespace Bookinfo.Mesh.Proxy.Rewriting;

/// <summary>After an exact or regex match the whole path gives way.</summary>
internal sealed class WholePathRewrite(string replacement) : PathRewrite
{
    private readonly string _replacement = HttpSyntax.EncodeTarget(replacement);

    public override string Apply(string path) => _replacement;

    public override string ToString() => $"all of it to {replacement}";
}
