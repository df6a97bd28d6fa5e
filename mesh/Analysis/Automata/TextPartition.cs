using System.Collections;
using Bookinfo.Mesh.Proxy.Matching;

namespace Bookinfo.Mesh.Analysis.Automata;

/// <summary>
/// The texts of a language, cut into classes that no pattern tells apart: the deterministic automaton of all patterns together (subset
/// construction), its states joined where the same patterns accept.
/// </summary>
internal sealed class TextPartition
{
    /// <summary>The most states of the deterministic automaton.</summary>
    public const int MostStates = 60_000;

    private readonly Nfa _nfa;
    private readonly List<TextClass> _classes = [];
    private readonly Dictionary<BitKey, TextClass> _byPatterns = [];

    private TextPartition(Nfa nfa) => _nfa = nfa;

    /// <summary>The classes, by their shortest examples.</summary>
    public IReadOnlyList<TextClass> Classes => _classes;

    /// <summary>Cuts a language.</summary>
    /// <param name="language">An RE2 expression for the texts that count.</param>
    /// <param name="patterns">The patterns.</param>
    /// <exception cref="UndecidableException">The patterns are beyond what automata can tell, or too many states come of them.</exception>
    public static TextPartition Of(string language, IReadOnlyList<TextPattern> patterns)
    {
        var nfa = new Nfa();
        foreach (var pattern in patterns)
        {
            PatternCompiler.Add(nfa, pattern);
        }

        PatternCompiler.AddExpression(nfa, language);
        var partition = new TextPartition(nfa);
        partition.Explore();
        return partition;
    }

    private void Explore()
    {
        var start = Close(_nfa.Starts, atStart: true);
        var known = new Dictionary<SetKey, Visited>();
        var queue = new Queue<Visited>();
        var first = new Visited(start, null, '\0');
        known[new SetKey(start)] = first;
        queue.Enqueue(first);
        Note(first, null);
        while (queue.TryDequeue(out var state))
        {
            foreach (var characters in Blocks(state.States))
            {
                if (CharSet.Example(characters) is not { } example)
                {
                    continue;
                }

                var next = Close(Targets(state.States, example), atStart: false);
                if (!next.Any(MayStillBeOfTheLanguage))
                {
                    continue;
                }

                var key = new SetKey(next);
                if (known.TryGetValue(key, out var there))
                {
                    Note(there, new Visited(next, state, example));
                    continue;
                }

                if (known.Count == MostStates)
                {
                    throw new UndecidableException($"the patterns have more than {MostStates} states together");
                }

                var visited = new Visited(next, state, example);
                known[key] = visited;
                queue.Enqueue(visited);
                Note(visited, null);
            }
        }
    }

    // The language is the last pattern. Its states are the ones that were added last.
    private bool MayStillBeOfTheLanguage(int state) => state >= _nfa.Starts[^1];

    /// <summary>Notes a text that a state stands for: the first one, or another one that leads to it.</summary>
    private void Note(Visited state, Visited? another)
    {
        if (state.Class is null)
        {
            var accepted = Accepted(state.States);
            if (!accepted[_nfa.Patterns - 1])
            {
                return;
            }

            var key = new BitKey(accepted);
            if (!_byPatterns.TryGetValue(key, out var known))
            {
                _byPatterns[key] = known = new TextClass(accepted, state.Text());
                _classes.Add(known);
            }
            else
            {
                known.Other ??= state.Text();
            }

            state.Class = known;
        }

        if (another is not null && state.Class is { Other: null } text)
        {
            text.Other = another.Text();
        }
    }

    /// <summary>The states that free edges lead to, sorted; those for the end of a text are not followed.</summary>
    private int[] Close(IEnumerable<int> states, bool atStart) =>
        Reach(states, condition => condition == EdgeCondition.None || (atStart && condition == EdgeCondition.AtStart));

    private BitArray Accepted(int[] states)
    {
        // At the end of the empty text its beginning is open too, and the first set has followed it already.
        var accepted = new BitArray(_nfa.Patterns);
        foreach (var state in Reach(states, condition => condition != EdgeCondition.AtStart))
        {
            if (_nfa[state].Accepts is >= 0 and var pattern)
            {
                accepted[pattern] = true;
            }
        }

        return accepted;
    }

    private int[] Reach(IEnumerable<int> states, Func<EdgeCondition, bool> isOpen)
    {
        var reached = new HashSet<int>(states);
        var stack = new Stack<int>(reached);
        while (stack.TryPop(out var state))
        {
            foreach (var (to, condition) in _nfa[state].Free)
            {
                if (isOpen(condition) && reached.Add(to))
                {
                    stack.Push(to);
                }
            }
        }

        var sorted = reached.ToArray();
        Array.Sort(sorted);
        return sorted;
    }

    /// <summary>The characters, cut into blocks that lead to the same states.</summary>
    private List<UInt128> Blocks(int[] states)
    {
        var blocks = new List<UInt128> { CharSet.All };
        foreach (var characters in states.Select(state => _nfa[state].Characters).Where(set => set != CharSet.None && set != CharSet.All)
            .Distinct())
        {
            for (var i = blocks.Count - 1; i >= 0; i--)
            {
                var (within, without) = (blocks[i] & characters, blocks[i] & ~characters);
                if (within != CharSet.None && without != CharSet.None)
                {
                    blocks[i] = within;
                    blocks.Add(without);
                }
            }
        }

        return blocks;
    }

    private IEnumerable<int> Targets(int[] states, char c) =>
        states.Select(state => _nfa[state]).Where(state => CharSet.Has(state.Characters, c)).Select(state => state.Next);

    /// <summary>A state of the deterministic automaton, and the shortest way to it.</summary>
    private sealed class Visited(int[] states, Visited? before, char by)
    {
        public int[] States => states;

        public TextClass? Class { get; set; }

        public string Text()
        {
            var characters = new Stack<char>();
            for (var at = this; at.Before is not null; at = at.Before)
            {
                characters.Push(at.By);
            }

            return string.Concat(characters);
        }

        private Visited? Before => before;

        private char By => by;
    }

    private readonly struct SetKey(int[] states) : IEquatable<SetKey>
    {
        private readonly int[] _states = states;

        public bool Equals(SetKey other) => _states.AsSpan().SequenceEqual(other._states);

        public override bool Equals(object? obj) => obj is SetKey other && Equals(other);

        public override int GetHashCode()
        {
            var hash = default(HashCode);
            foreach (var state in _states)
            {
                hash.Add(state);
            }

            return hash.ToHashCode();
        }
    }

    private readonly struct BitKey : IEquatable<BitKey>
    {
        private readonly int[] _words;

        public BitKey(BitArray bits)
        {
            _words = new int[(bits.Count + 31) / 32];
            bits.CopyTo(_words, 0);
        }

        public bool Equals(BitKey other) => _words.AsSpan().SequenceEqual(other._words);

        public override bool Equals(object? obj) => obj is BitKey other && Equals(other);

        public override int GetHashCode()
        {
            var hash = default(HashCode);
            foreach (var word in _words)
            {
                hash.Add(word);
            }

            return hash.ToHashCode();
        }
    }
}

/// <summary>Texts that no pattern tells apart.</summary>
/// <param name="patterns">Which patterns match them; the language is the last.</param>
/// <param name="example">The shortest of them.</param>
internal sealed class TextClass(BitArray patterns, string example)
{
    public string Example => example;

    /// <summary>Another of them; null where there is no other, or none was met.</summary>
    public string? Other { get; set; }

    public bool Matches(int pattern) => patterns[pattern];
}
