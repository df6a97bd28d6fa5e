using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Problems;

namespace Bookinfo.Mesh.Istio.Reading;

/// <summary>Counts the resources that are not rules, and says so once for all of them.</summary>
internal sealed class PassedOver
{
    private readonly SortedDictionary<string, int> _kinds = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _istioKinds = new(StringComparer.Ordinal);
    private (string File, Position Place)? _first;
    private (string File, Position Place)? _firstOfIstio;

    /// <param name="file">The file.</param>
    /// <param name="place">The resource's place.</param>
    /// <param name="kind">Its kind, or what it is instead of a resource.</param>
    public void Add(string file, Position place, string kind)
    {
        _first ??= (file, place);
        _kinds[kind] = _kinds.GetValueOrDefault(kind) + 1;
    }

    /// <summary>A kind of Istio's that the mesh does not apply: it may change on a cluster what happens here.</summary>
    public void AddOfIstio(string file, Position place, string kind)
    {
        _firstOfIstio ??= (file, place);
        _istioKinds[kind] = _istioKinds.GetValueOrDefault(kind) + 1;
    }

    public IEnumerable<Problem> Problems()
    {
        if (_first is { } first)
        {
            yield return Note(first,
                $"{Count(_kinds.Values.Sum(), "resource is not a rule and is", "resources are not rules and are")} passed over: "
                + $"{Listed(_kinds)}", null);
        }

        if (_firstOfIstio is { } firstOfIstio)
        {
            yield return Note(
                firstOfIstio,
                $"{Count(_istioKinds.Values.Sum(), "resource of Istio is", "resources of Istio are")} passed over: {Listed(_istioKinds)}",
                "the mesh does not apply them; on a cluster they may change what these rules do");
        }
    }

    private static Problem Note((string File, Position Place) first, string message, string? suggestion) =>
        new(Severity.Note, first.File, first.Place.Line, first.Place.Column, "", message, suggestion) { Type = MessageTypes.PassedOver };

    private static string Listed(SortedDictionary<string, int> kinds) => Messages.AllOf(kinds.Select(each => $"{each.Value} {each.Key}"));

    private static string Count(int count, string one, string several) => count == 1 ? $"1 {one}" : $"{count} {several}";
}
