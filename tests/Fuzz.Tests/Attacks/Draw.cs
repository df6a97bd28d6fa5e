namespace Bookinfo.Tests.Fuzz.Attacks;

/// <summary>Drawing from lists, and at places in texts.</summary>
public static class Draw
{
    public static T From<T>(this Random random, IReadOnlyList<T> items) => items[random.Next(items.Count)];

    public static bool OneIn(this Random random, int chances) => random.Next(chances) == 0;

    /// <summary>Puts a text at a random place of another.</summary>
    public static string InsertInto(this Random random, string text, string inserted) =>
        text.Insert(random.Next(text.Length + 1), inserted);
}
