namespace Bookinfo.Mesh.Rollouts.Conditions;

/// <summary>What the names of a condition stand for while it is evaluated.</summary>
/// <param name="Result">What was measured: <c>result</c>.</param>
internal sealed record ConditionScope(object? Result)
{
    /// <summary>How many elements predicates may look at before a condition is given up; nested ones would never end.</summary>
    private const int Most = 1_000_000;

    private readonly Counter _looks = new();

    /// <summary>Inside of a predicate, the element that is looked at: <c>#</c>.</summary>
    public object? Item { get; private init; }

    /// <summary>Its place, from 0: <c>#index</c>.</summary>
    public long Index { get; private init; }

    /// <summary>Inside of <c>reduce</c>, what the elements before came to: <c>#acc</c>.</summary>
    public object? Accumulated { get; private init; }

    /// <summary>The names inside of a predicate.</summary>
    /// <param name="item">The element.</param>
    /// <param name="index">Its place, from 0.</param>
    /// <param name="accumulated">What the elements before came to.</param>
    /// <exception cref="ConditionException">Too many elements have been looked at.</exception>
    public ConditionScope At(object? item, long index, object? accumulated = null) => ++_looks.Count > Most
        ? throw new ConditionException($"predicates look at more than {Most} elements")
        : this with { Item = item, Index = index, Accumulated = accumulated };

    /// <summary>Shared by a scope and those that are made of it.</summary>
    private sealed class Counter
    {
        public int Count { get; set; }
    }
}
