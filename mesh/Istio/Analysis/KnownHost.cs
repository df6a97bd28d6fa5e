namespace Bookinfo.Mesh.Istio.Analysis;

/// <summary>A service that is known, whatever it is known from.</summary>
/// <param name="Host">Its full name.</param>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Ports">Its ports; null where they are not known.</param>
/// <param name="Workloads">The labels of its pods; null where they are not known.</param>
/// <param name="ExportTo">The namespaces that see it; empty for all.</param>
internal sealed record KnownHost(
    string Host,
    string Namespace,
    IReadOnlyCollection<int>? Ports,
    IReadOnlyCollection<IReadOnlyDictionary<string, string>>? Workloads,
    IReadOnlyCollection<string> ExportTo)
{
    /// <summary>Whether rules that are visible from these namespaces may route to it.</summary>
    public bool IsVisibleFrom(IEnumerable<string> namespaces) => Visibility.Reaches(ExportTo, Namespace, namespaces);
}
