namespace Bookinfo.Mesh.Rollouts.Queries;

/// <summary>What a Prometheus would have scraped. Used by one at a time.</summary>
public sealed class SampleStore
{
    private readonly Dictionary<string, List<Series>> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Series> _byKey = new(StringComparer.Ordinal);

    /// <summary>Counts the series there are: it grows when one is added.</summary>
    internal int Count { get; private set; }

    /// <summary>The series of a counter, made where there is none.</summary>
    /// <param name="name">The metric's name.</param>
    /// <param name="labels">Its labels.</param>
    public Series Series(string name, IReadOnlyDictionary<string, string> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        var key = string.Join('\n', labels.OrderBy(label => label.Key, StringComparer.Ordinal)
            .Select(label => $"{label.Key}={label.Value}").Prepend(name));
        if (!_byKey.TryGetValue(key, out var series))
        {
            series = new Series(name, labels);
            _byKey.Add(key, series);
            Count++;
            if (!_byName.TryGetValue(name, out var list))
            {
                _byName.Add(name, list = []);
            }

            list.Add(series);
        }

        return series;
    }

    /// <summary>Forgets samples that no query asks for any more.</summary>
    /// <param name="before">What is older goes.</param>
    public void Forget(DateTimeOffset before)
    {
        foreach (var series in _byKey.Values)
        {
            series.Forget(before.UtcTicks);
        }
    }

    internal IReadOnlyList<Series> Find(string name) => _byName.TryGetValue(name, out var list) ? list : [];
}
