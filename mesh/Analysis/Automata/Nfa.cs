namespace Bookinfo.Mesh.Analysis.Automata;

/// <summary>
/// A nondeterministic automaton for several patterns at once (Thompson's construction). A state has either one edge with characters, or
/// edges without any; some of the latter are open only at the beginning or at the end of the text.
/// </summary>
internal sealed class Nfa
{
    /// <summary>The most states: repetitions with counts are written out.</summary>
    public const int MostStates = 100_000;

    private readonly List<State> _states = [];

    /// <summary>Where texts begin, one state for each pattern.</summary>
    public List<int> Starts { get; } = [];

    /// <summary>How many patterns there are.</summary>
    public int Patterns => Starts.Count;

    public State this[int state] => _states[state];

    /// <summary>A new state without edges.</summary>
    public int Add()
    {
        if (_states.Count == MostStates)
        {
            throw new UndecidableException($"the expressions have more than {MostStates} states together");
        }

        _states.Add(new State());
        return _states.Count - 1;
    }

    /// <summary>A new state that one of <paramref name="characters"/> leads to from <paramref name="from"/>.</summary>
    public int Step(int from, UInt128 characters)
    {
        var to = Add();
        (_states[from].Characters, _states[from].Next) = (characters, to);
        return to;
    }

    /// <summary>Any text may follow at <paramref name="state"/>.</summary>
    public void Loop(int state, UInt128 characters) => (_states[state].Characters, _states[state].Next) = (characters, state);

    /// <summary>An edge without a character.</summary>
    public void Join(int from, int to, EdgeCondition condition = EdgeCondition.None) => _states[from].Free.Add((to, condition));

    /// <summary>Begins a pattern.</summary>
    public int Begin()
    {
        var start = Add();
        Starts.Add(start);
        return start;
    }

    /// <summary>Ends the pattern that was begun last.</summary>
    public void End(int state) => _states[state].Accepts = Patterns - 1;

    /// <summary>A state.</summary>
    internal sealed class State
    {
        /// <summary>The characters that lead on; none for a state that only has free edges.</summary>
        public UInt128 Characters { get; set; }

        /// <summary>Where they lead.</summary>
        public int Next { get; set; } = -1;

        /// <summary>The edges without a character.</summary>
        public List<(int To, EdgeCondition Condition)> Free { get; } = [];

        /// <summary>The pattern that ends here; -1 for none.</summary>
        public int Accepts { get; set; } = -1;
    }
}

/// <summary>Where an edge without a character is open.</summary>
internal enum EdgeCondition
{
    /// <summary>Everywhere.</summary>
    None,

    /// <summary>At the beginning of the text.</summary>
    AtStart,

    /// <summary>At its end.</summary>
    AtEnd,
}
