namespace Bookinfo.Mesh.Lab.Layers;

/// <summary>One way to reviews.</summary>
/// <param name="Name">The layer: <c>pod</c>, <c>ClusterIP</c>.</param>
/// <param name="Url">Where it is called.</param>
/// <param name="Rule">What decides which pod answers, in sentences.</param>
internal sealed record Layer(string Name, Uri Url, string Rule)
{
    /// <summary>The Host header; null for the URL's own.</summary>
    public string? Host { get; init; }

    /// <summary>Whether it is called once more, with all requests on one connection.</summary>
    public bool IsCalledOnOneConnection { get; init; }
}

/// <summary>Who answered at a layer.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="ByPod">How often each pod answered, by its name; or what happened in its place, where no pod did.</param>
/// <param name="OnOneConnection">The same with all requests on one connection; null where that was not tried.</param>
internal sealed record LayerResult(
    Layer Layer, IReadOnlyDictionary<string, int> ByPod, IReadOnlyDictionary<string, int>? OnOneConnection);
