using System.Collections.Immutable;

namespace Bookinfo.Tests.Fuzz.Attacks;

/// <summary>Smaller lists and texts: large pieces are taken out first, single elements last.</summary>
public static class Shrinking
{
    public static IEnumerable<ImmutableArray<T>> Shrink<T>(ImmutableArray<T> items)
    {
        foreach (var (start, length) in Pieces(items.Length))
        {
            yield return items.RemoveRange(start, length);
        }
    }

    public static IEnumerable<string> Shrink(string text)
    {
        foreach (var (start, length) in Pieces(text.Length))
        {
            yield return text.Remove(start, length);
        }
    }

    /// <summary>Lists in which one element is replaced by a smaller one.</summary>
    public static IEnumerable<ImmutableArray<T>> ShrinkEach<T>(ImmutableArray<T> items, Func<T, IEnumerable<T>> shrink)
    {
        for (var i = 0; i < items.Length; i++)
        {
            foreach (var smaller in shrink(items[i]))
            {
                yield return items.SetItem(i, smaller);
            }
        }
    }

    private static IEnumerable<(int Start, int Length)> Pieces(int length)
    {
        for (var size = length; size > 0; size /= 2)
        {
            for (var start = 0; start + size <= length; start += size)
            {
                yield return (start, size);
            }
        }
    }
}
