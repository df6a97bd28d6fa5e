namespace Bookinfo.Mesh.Istio.Analysis;

/// <summary>Labels as a selector compares them.</summary>
internal static class Labels
{
    /// <summary>Whether labels have all that a selector asks for.</summary>
    public static bool Fit(IReadOnlyDictionary<string, string> selector, IReadOnlyDictionary<string, string> labels) =>
        selector.All(label => labels.TryGetValue(label.Key, out var value) && value == label.Value);

    /// <summary>Labels as a message names them.</summary>
    public static string Text(IReadOnlyDictionary<string, string> labels) =>
        string.Join(", ", labels.Select(label => $"{label.Key}: {label.Value}"));
}
