namespace Bookinfo.Mesh.Istio.Names;

/// <summary>
/// Prefixes, and the quick answer to whether one of them covers another: none of those kept is itself a prefix of another one kept, so
/// in ordinal order the one that covers a text, if there is one, stands right before it.
/// </summary>
internal sealed class Prefixes<T>
{
    private readonly SortedSet<string> _order = new(StringComparer.Ordinal);
    private readonly Dictionary<string, T> _owners = new(StringComparer.Ordinal);

    /// <summary>The prefix that the text starts with, and its owner.</summary>
    public bool TryFind(string text, out (string Prefix, T Owner) covering)
    {
        var before = _order.Count == 0 ? null : _order.GetViewBetween("", text).Max;
        var found = before is not null && text.StartsWith(before, StringComparison.Ordinal);
        covering = found ? (before!, _owners[before!]) : default;
        return found;
    }

    /// <summary>Adds a prefix unless another covers it; those that it covers itself are of no more use.</summary>
    public void Add(string prefix, T owner)
    {
        if (TryFind(prefix, out _))
        {
            return;
        }

        foreach (var covered in _order.GetViewBetween(prefix, prefix + char.MaxValue).ToList())
        {
            _order.Remove(covered);
        }

        _order.Add(prefix);
        _owners[prefix] = owner;
    }
}
