using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Bookinfo.Mesh.KubernetesApi.Objects;

/// <summary>
/// Keeps a short text from becoming a large value: how deep YAML may go, and for how many values its aliases may stand, as go-yaml keeps
/// API servers from it (<c>decode.go: document contains excessive aliasing</c>).
/// </summary>
internal static class YamlBounds
{
    /// <summary>How deep a document may go, as deep as JSON.</summary>
    public const int Deepest = 64;

    /// <summary>For how many values the aliases of a text may stand.</summary>
    public const long MostAliased = 100_000;

    /// <summary>Looks at a text before it is read.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="FormatException">It goes beyond the bounds.</exception>
    /// <exception cref="YamlException">It is not YAML.</exception>
    public static void Check(string text)
    {
        var sizes = new Dictionary<string, long>(StringComparer.Ordinal);
        var open = new Stack<(AnchorName Anchor, long Size)>();
        var parser = new Parser(new StringReader(text));
        var aliased = 0L;
        while (parser.MoveNext())
        {
            switch (parser.Current)
            {
                case MappingStart or SequenceStart when open.Count >= Deepest:
                    throw new FormatException($"it goes deeper than {Deepest} levels");
                case MappingStart or SequenceStart:
                    open.Push((((NodeEvent)parser.Current).Anchor, 1));
                    break;
                case MappingEnd or SequenceEnd:
                    var (anchor, size) = open.Pop();
                    Add(anchor, size);
                    break;
                case AnchorAlias alias:
                    aliased += sizes.GetValueOrDefault(alias.Value.Value, 1);
                    Add(AnchorName.Empty, sizes.GetValueOrDefault(alias.Value.Value, 1));
                    break;
                case Scalar scalar:
                    Add(scalar.Anchor, 1);
                    break;
            }

            if (aliased > MostAliased)
            {
                throw new FormatException($"its aliases stand for more than {MostAliased} values");
            }
        }

        void Add(AnchorName anchor, long size)
        {
            if (!anchor.IsEmpty)
            {
                sizes[anchor.Value] = size;
            }

            if (open.TryPop(out var parent))
            {
                open.Push((parent.Anchor, parent.Size + size));
            }
        }
    }
}
