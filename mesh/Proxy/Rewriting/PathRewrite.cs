namespace Bookinfo.Mesh.Proxy.Rewriting;

/// <summary>Changes the path on its way to the destination.</summary>
internal abstract class PathRewrite
{
    /// <summary>The new path for <paramref name="path"/>, which has no query.</summary>
    public abstract string Apply(string path);
}
