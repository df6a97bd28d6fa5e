using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Problems;

namespace Bookinfo.Mesh.Istio.Reading;

/// <summary>Counts the resources that are not rules, and says so once for all of them.</summary>
internal sealed class PassedOver
{
    /// <summary>A part of a resource that kustomize joins with the rest.</summary>
    public const string KustomizePatch = "kustomize patch";

    /// <summary>A template of something that is not a rule.</summary>
    public const string Template = "template";

    /// <summary>What cannot be read and does not look like a rule.</summary>
    public const string NotYaml = "text that is not YAML";

    /// <summary>Settings of some program.</summary>
    public const string WithoutKind = "text without a kind";

    /// <summary>A list of whatever.</summary>
    public const string List = "list";

    private readonly SortedDictionary<string, int> _kinds = new(StringComparer.Ordinal);
    private readonly OrderedDictionary<string, (string File, Position Place, SortedDictionary<string, int> Kinds)> _byOwner = [];
    private (string File, Position Place)? _first;

    /// <param name="file">The file.</param>
    /// <param name="place">The resource's place.</param>
    /// <param name="kind">Its kind, or what it is instead of a resource.</param>
    /// <param name="owner">
    /// Whose kind it is, Istio's or the Gateway API's, where it may change on a cluster what happens here; null otherwise.
    /// </param>
    public void Add(string file, Position place, string kind, string? owner = null)
    {
        if (owner is null)
        {
            _first ??= (file, place);
            _kinds[kind] = _kinds.GetValueOrDefault(kind) + 1;
            return;
        }

        _byOwner.TryAdd(owner, (file, place, new SortedDictionary<string, int>(StringComparer.Ordinal)));
        var kinds = _byOwner[owner].Kinds;
        kinds[kind] = kinds.GetValueOrDefault(kind) + 1;
    }

    public IEnumerable<Problem> Problems()
    {
        if (_first is { } first)
        {
            yield return Note(first,
                $"{Count(_kinds.Values.Sum(), "resource is not a rule and is", "resources are not rules and are")} passed over: "
                + $"{Listed(_kinds)}",
                _kinds.ContainsKey(KustomizePatch) ? "kustomize build FOLDER | check - checks what comes of the patches" : null);
        }

        foreach (var (owner, (file, place, kinds)) in _byOwner)
        {
            yield return Note(
                (file, place),
                $"{Count(kinds.Values.Sum(), $"resource of {owner} is", $"resources of {owner} are")} passed over: {Listed(kinds)}",
                "the mesh does not apply them; on a cluster they may change what these rules do");
        }
    }

    private static Problem Note((string File, Position Place) first, string message, string? suggestion) =>
        new(Severity.Note, first.File, first.Place.Line, first.Place.Column, "", message, suggestion) { Type = MessageTypes.PassedOver };

    private static string Listed(SortedDictionary<string, int> kinds) =>
        Messages.AllOf(kinds.Select(each => $"{each.Value} {(each.Value == 1 ? each.Key : Several(each.Key))}"));

    /// <summary>Names of kinds stay as they are; what is no kind has an ordinary plural.</summary>
    private static string Several(string name) => name switch
    {
        NotYaml => "texts that are not YAML",
        WithoutKind => "texts without a kind",
        Template => "templates",
        List => "lists",
        KustomizePatch => "kustomize patches",
        _ => name,
    };

    private static string Count(int count, string one, string several) => count == 1 ? $"1 {one}" : $"{count} {several}";
}
