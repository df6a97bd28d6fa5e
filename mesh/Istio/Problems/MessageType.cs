namespace Bookinfo.Mesh.Istio.Problems;

/// <summary>A type of message about rules. Its code stays the same whatever the words of a message are.</summary>
/// <param name="Code">
/// Istio's code where Istio has the message (<c>pkg/config/analysis/msg/messages.yaml</c> of istio/istio), otherwise one that begins with
/// <c>MESH</c>.
/// </param>
/// <param name="Name">The type's name, such as <c>ReferencedResourceNotFound</c>.</param>
/// <param name="Severity">How bad it is. Where Istio has the message, as in Istio.</param>
/// <param name="Description">What it means, in a sentence.</param>
public sealed record MessageType(string Code, string Name, Severity Severity, string Description)
{
    /// <summary>
    /// Whether rules with an error of this type cannot be applied. Istio's analyzers call an error what a cluster still takes,
    /// such as a route to a host that does not exist.
    /// </summary>
    public bool Refuses { get; init; }

    /// <summary>Where Istio documents the message; null for a message of the mesh.</summary>
    public string? HelpUri => Code.StartsWith("IST", StringComparison.Ordinal)
        ? $"https://istio.io/latest/docs/reference/config/analysis/{Code.ToLowerInvariant()}/"
        : null;
}
