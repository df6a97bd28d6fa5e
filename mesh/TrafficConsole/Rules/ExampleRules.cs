using Bookinfo.Mesh.Istio;

namespace Bookinfo.Mesh.TrafficConsole.Rules;

/// <summary>Rules that the console offers by name, for example one of the demo's own.</summary>
/// <param name="Name">The file's name, for example <c>reviews-90-10.yaml</c>.</param>
/// <param name="Summary">What they do: the comment with which the file begins.</param>
/// <param name="Yaml">The rules.</param>
public sealed record ExampleRules(string Name, string Summary, string Yaml)
{
    /// <summary>Makes an example of a file of rules.</summary>
    public static ExampleRules From(RuleSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        var comment = source.Text.Split('\n').TakeWhile(line => line.StartsWith('#')).Select(line => line.TrimStart('#').Trim());
        return new ExampleRules(Path.GetFileName(source.Name), string.Join(' ', comment), source.Text);
    }
}
