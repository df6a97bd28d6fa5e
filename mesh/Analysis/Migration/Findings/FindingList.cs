using Bookinfo.Mesh.Istio.Model;

namespace Bookinfo.Mesh.Analysis.Migration.Findings;

/// <summary>Gathers findings, each once.</summary>
internal sealed class FindingList
{
    private readonly List<MigrationFinding> _all = [];

    public IReadOnlyList<MigrationFinding> All => _all;

    public void Note(Resource resource, string path, string message, string? advice = null) =>
        Add(FindingKind.Note, resource, path, message, advice);

    public void Lost(Resource resource, string path, string message, string? advice = null) =>
        Add(FindingKind.Lost, resource, path, message, advice);

    public void Refused(Resource resource, RefusalException refusal) =>
        Add(FindingKind.Refused, resource, refusal.Path, refusal.Message, refusal.Advice);

    /// <summary>Takes what was found about a part that comes over after all.</summary>
    public void Add(FindingList others) => _all.AddRange(others.All.Except(_all));

    private void Add(FindingKind kind, Resource resource, string path, string message, string? advice)
    {
        var finding = new MigrationFinding(
            kind, resource.Subject, path, resource.Source.File, resource.Source.Find(path).Line, message, advice);
        if (!_all.Contains(finding))
        {
            _all.Add(finding);
        }
    }
}
