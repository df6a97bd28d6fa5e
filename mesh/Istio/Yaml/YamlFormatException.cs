using Bookinfo.Mesh.Istio.Model;

namespace Bookinfo.Mesh.Istio.Yaml;

/// <summary>A text that is not YAML, or YAML beyond what rules need.</summary>
internal sealed class YamlFormatException(Position place, string message, string? suggestion = null) : Exception(message)
{
    public Position Place { get; } = place;

    public string? Suggestion { get; } = suggestion;
}
