namespace Bookinfo.Mesh.Rollouts.Queries;

/// <summary>A counter with its labels, and its values over time.</summary>
public sealed class Series
{
    private readonly List<(long Ticks, double Value)> _samples = [];
    private int _first;

    internal Series(string name, IReadOnlyDictionary<string, string> labels) => (Name, Labels) = (name, labels);

    /// <summary>The metric's name, such as <c>istio_requests_total</c>.</summary>
    public string Name { get; }

    /// <summary>Its labels.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; }

    /// <summary>Adds a value; times rise.</summary>
    /// <param name="at">When it was read.</param>
    /// <param name="value">The counter.</param>
    public void Append(DateTimeOffset at, double value) => _samples.Add((at.UtcTicks, value));

    /// <summary>The samples after <paramref name="from"/> up to <paramref name="to"/>.</summary>
    internal ReadOnlySpan<(long Ticks, double Value)> Between(long from, long to)
    {
        var all = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_samples)[_first..];
        var end = all.Length;
        while (end > 0 && all[end - 1].Ticks > to)
        {
            end--;
        }

        var start = end;
        while (start > 0 && all[start - 1].Ticks > from)
        {
            start--;
        }

        return all[start..end];
    }

    /// <summary>Forgets what is older than <paramref name="ticks"/>.</summary>
    internal void Forget(long ticks)
    {
        while (_first < _samples.Count - 1 && _samples[_first].Ticks < ticks)
        {
            _first++;
        }

        if (_first > 1024 && _first > _samples.Count / 2)
        {
            _samples.RemoveRange(0, _first);
            _first = 0;
        }
    }
}
