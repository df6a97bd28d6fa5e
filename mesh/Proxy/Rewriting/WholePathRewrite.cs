namespace Bookinfo.Mesh.Proxy.Rewriting;

/// <summary>After an exact or regex match the whole path gives way.</summary>
internal sealed class WholePathRewrite(string replacement) : PathRewrite
{
    public override string Apply(string path) => replacement;

    public override string ToString() => $"all of it to {replacement}";
}
