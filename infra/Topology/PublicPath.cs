namespace Bookinfo.Topology;

/// <summary>A path that the gateway lets in from outside.</summary>
/// <param name="Path">The path, from its slash on.</param>
/// <param name="Prefix">True where everything that begins with <paramref name="Path"/> is let in, false where only the path itself
/// is.</param>
public sealed record PublicPath(string Path, bool Prefix = false);
