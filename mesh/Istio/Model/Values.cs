using System.Collections.ObjectModel;

namespace Bookinfo.Mesh.Istio.Model;

/// <summary>
/// Lists and maps that compare by their contents, so that two rules read from the same text are equal. Every record of this
/// assembly passes what it is given through here, which also copies it: a rule cannot change after it was made.
/// </summary>
internal static class Values
{
    public static IReadOnlyList<T> None<T>() => ValueList<T>.Empty;

    public static IReadOnlyDictionary<string, T> NoMap<T>() => ValueMap<T>.Nothing;

    public static IReadOnlyList<T> List<T>(IReadOnlyList<T> items) => items switch
    {
        ValueList<T> values => values,
        { Count: 0 } => ValueList<T>.Empty,
        _ => new ValueList<T>([.. items]),
    };

    public static IReadOnlyDictionary<string, T> Map<T>(IReadOnlyDictionary<string, T> items) => items switch
    {
        ValueMap<T> values => values,
        { Count: 0 } => ValueMap<T>.Nothing,
        _ => new ValueMap<T>(new OrderedDictionary<string, T>(items, StringComparer.Ordinal)),
    };

    private sealed class ValueList<T>(T[] items) : ReadOnlyCollection<T>(items)
    {
        public static new readonly ValueList<T> Empty = new([]);

        public override bool Equals(object? obj) => obj is ValueList<T> other && this.SequenceEqual(other);

        public override int GetHashCode()
        {
            var hash = new HashCode();
            foreach (var item in this)
            {
                hash.Add(item);
            }

            return hash.ToHashCode();
        }
    }

    /// <summary>Keeps the order of the text for writing it again; equality does not look at the order.</summary>
    private sealed class ValueMap<T>(OrderedDictionary<string, T> items) : ReadOnlyDictionary<string, T>(items)
    {
        public static readonly ValueMap<T> Nothing = new([]);

        public override bool Equals(object? obj)
        {
            if (obj is not ValueMap<T> other || other.Count != Count)
            {
                return false;
            }

            foreach (var (key, value) in this)
            {
                if (!other.TryGetValue(key, out var theirs) || !EqualityComparer<T>.Default.Equals(value, theirs))
                {
                    return false;
                }
            }

            return true;
        }

        public override int GetHashCode()
        {
            var hash = Count;
            foreach (var (key, value) in this)
            {
                hash ^= HashCode.Combine(key, value);
            }

            return hash;
        }
    }
}
