using Bookinfo.Mesh.Proxy.Matching;

namespace Bookinfo.Mesh.Analysis.Automata;

/// <summary>Partitions of texts, each made once: many hosts are asked for the same paths.</summary>
internal sealed class TextPartitions
{
    private readonly Dictionary<Key, TextPartition> _known = [];

    /// <summary>Cuts a language.</summary>
    /// <param name="language">An RE2 expression for the texts that count.</param>
    /// <param name="patterns">The patterns.</param>
    /// <exception cref="UndecidableException">The patterns are beyond what automata can tell, or too many states come of them.</exception>
    public TextPartition Of(string language, IReadOnlyList<TextPattern> patterns)
    {
        var key = new Key(language, patterns);
        if (!_known.TryGetValue(key, out var partition))
        {
            _known[key] = partition = TextPartition.Of(language, patterns);
        }

        return partition;
    }

    private readonly struct Key(string language, IReadOnlyList<TextPattern> patterns) : IEquatable<Key>
    {
        private readonly string _language = language;
        private readonly IReadOnlyList<TextPattern> _patterns = patterns;

        public bool Equals(Key other) => _language == other._language && _patterns.SequenceEqual(other._patterns);

        public override bool Equals(object? obj) => obj is Key other && Equals(other);

        public override int GetHashCode()
        {
            var hash = default(HashCode);
            hash.Add(_language);
            foreach (var pattern in _patterns)
            {
                hash.Add(pattern);
            }

            return hash.ToHashCode();
        }
    }
}
