using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Problems;
using Bookinfo.Mesh.Istio.Validation;

namespace Bookinfo.Mesh.Istio.Reading;

/// <summary>What the reading of one resource gathers: its problems, and the paths that are spoilt by them.</summary>
internal sealed class ReadScope(string file)
{
    private readonly List<string> _spoilt = [];

    /// <summary>How problems call the resource: <c>VirtualService/reviews</c>.</summary>
    public string Subject { get; set; } = "";

    /// <summary>The resource's kind.</summary>
    public string Kind => Subject.Split('/')[0];

    /// <summary>Which fields of the Gateway API there are.</summary>
    public GatewayApiChannel Channel { get; init; }

    public List<Problem> Problems { get; } = [];

    /// <summary>Whether enough has been said about the resource.</summary>
    public bool IsFull => Problems.Count >= Findings.Most;

    /// <summary>
    /// The names of fields that were asked for, of all objects being read at the moment: a stack, so that no object needs a list of its
    /// own. See <see cref="ObjectReader"/>.
    /// </summary>
    public List<string> Asked { get; } = new(64);

    /// <summary>What does not pass validation.</summary>
    public void Error(Position place, RulePath path, string message, string? suggestion = null) =>
        Error(MessageTypes.SchemaValidationError, place, path, message, suggestion);

    public void Error(MessageType type, Position place, RulePath path, string message, string? suggestion = null)
    {
        if (IsFull)
        {
            return;
        }

        var text = path.ToString();
        _spoilt.Add(text);
        Problems.Add(Problem(type, place, text, message, suggestion));
    }

    public void Remark(MessageType type, Position place, RulePath path, string message, string? suggestion = null)
    {
        if (!IsFull)
        {
            Problems.Add(Problem(type, place, path.ToString(), message, suggestion));
        }
    }

    /// <summary>
    /// Whether what stands at a path, or anything within it or around it, could not be read: what validation says of it would only
    /// follow from that.
    /// </summary>
    public bool IsSpoilt(string path) => _spoilt.Exists(spoilt => IsWithin(spoilt, path) || IsWithin(path, spoilt));

    private static bool IsWithin(string inner, string outer) =>
        inner.StartsWith(outer, StringComparison.Ordinal)
            && (inner.Length == outer.Length || outer.Length == 0 || inner[outer.Length] is '.' or '[');

    private Problem Problem(MessageType type, Position place, string path, string message, string? suggestion) =>
        new(type.Severity, file, place.Line, place.Column, Subject.Length == 0 ? path : $"{Subject} {path}", message, suggestion)
        {
            Type = type,
        };
}
