namespace Bookinfo.Mesh.Istio.Model;

/// <summary>A place in a text: line and column, both from 1; 0 where there is no text.</summary>
public readonly record struct Position(int Line, int Column);

/// <summary>
/// Where the parts of a resource stand in the text it was read from. All source maps are equal: the same rule at another place is
/// the same rule.
/// </summary>
public class SourceMap
{
    /// <summary>The map of a resource that was made in code.</summary>
    public static readonly SourceMap None = new("");

    private protected SourceMap(string file) => File = file;

    /// <summary>The name of the source, as problems print it.</summary>
    public string File { get; }

    /// <summary>
    /// The document as it was written, with its comments; null for a resource that was made in code, or that stood in a list with others.
    /// </summary>
    public virtual string? Document => null;

    /// <summary>
    /// The place of the value at a path such as <c>spec.http[0].route[1].weight</c>, or of the nearest part above it that the text has.
    /// </summary>
    public virtual Position Find(string path) => default;

    /// <inheritdoc/>
    public sealed override bool Equals(object? obj) => obj is SourceMap;

    /// <inheritdoc/>
    public sealed override int GetHashCode() => 0;
}
