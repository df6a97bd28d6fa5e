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
        // A VirtualService that was made of something else is told by its name.
        var origin = (resource as VirtualService)?.Http.Select(rule => rule.Origin).OfType<RuleOrigin>().FirstOrDefault();
        var (subject, place) = origin is null ? (resource, path) : (origin.Resource, "spec");
        var finding = new MigrationFinding(
            kind, subject.Subject, place, subject.Source.File, subject.Source.Find(place).Line, message, advice);
        if (!_all.Contains(finding))
        {
            _all.Add(finding);
        }
    }
}
