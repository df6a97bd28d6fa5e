using Bookinfo.Mesh.Lab.Reporting;

namespace Bookinfo.Mesh.Lab.Layers;

/// <summary>What <c>layers</c> prints: plain text of 80 columns, for a terminal and for a pipe.</summary>
internal static class LayersReport
{
    private const int Head = 11;

    /// <summary>What stands above all.</summary>
    /// <param name="requests">How many calls at each layer.</param>
    public static string Begin(int requests) => Wrapping.Wrap("",
        $"Reviews at each layer of the network: {requests} calls, each on a connection of its own.");

    /// <summary>A layer, in lines: its address, who answered, and why.</summary>
    /// <param name="result">What happened.</param>
    public static IEnumerable<string> Write(LayerResult result)
    {
        var layer = result.Layer;
        yield return "";
        yield return $"{layer.Name.PadRight(Head)}{layer.Url}{(layer.Host is null ? "" : $"  (Host: {layer.Host})")}";
        yield return Wrapping.Wrap(new string(' ', Head), Counts(result.ByPod));
        if (result.OnOneConnection is { } one)
        {
            yield return Wrapping.Wrap(new string(' ', Head), $"All on one connection: {Counts(one)}");
        }

        yield return Wrapping.Wrap(new string(' ', Head), layer.Rule);
    }

    private static string Counts(IReadOnlyDictionary<string, int> counts) =>
        string.Join(", ", counts.Select(count => $"{count.Key} {count.Value}"));
}
