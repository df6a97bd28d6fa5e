namespace Bookinfo.Mesh.Istio.Reading;

/// <summary>Which namespace resources of a text get.</summary>
/// <param name="Otherwise">The one of resources that name none; null for the default one.</param>
/// <param name="Forced">The one of all resources, whatever they name; null for none.</param>
internal readonly record struct NamespaceChoice(string? Otherwise, string? Forced)
{
    /// <summary>The namespace of a resource.</summary>
    /// <param name="named">The one that it names; null for none.</param>
    public string? Of(string? named) => Forced ?? named ?? Otherwise;
}
