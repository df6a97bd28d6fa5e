using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Problems;

namespace Bookinfo.Mesh.Istio.Validation;

/// <summary>Gathers what validation finds in one resource.</summary>
internal sealed class Findings(Resource resource, Predicate<string> isSpoilt)
{
    /// <summary>Enough for a person; a resource with more is not written by one.</summary>
    public const int Most = 100;

    private static readonly RulePath SpecPath = RulePath.Root.Field("spec");

    public List<Problem> Problems { get; } = [];

    /// <summary>The path of the resource's spec.</summary>
    public static RulePath Spec => SpecPath;

    public void Error(RulePath path, string message, string? suggestion = null) =>
        Add(MessageTypes.SchemaValidationError, path, message, suggestion);

    public void Warning(RulePath path, string message, string? suggestion = null) =>
        Add(MessageTypes.SchemaWarning, path, message, suggestion);

    public void Note(RulePath path, string message, string? suggestion = null) => Add(MessageTypes.Hint, path, message, suggestion);

    /// <summary>Whether what stands at a path could not be read.</summary>
    public bool IsSpoilt(RulePath path) => isSpoilt(path.ToString());

    /// <summary>An error for a number outside of its range.</summary>
    public void Range(RulePath path, double? value, double least, double most, string what)
    {
        if (value < least || value > most || value is double.NaN)
        {
            var range = most >= int.MaxValue ? string.Create(null, $"use {least} or more") : string.Create(null, $"use {least} to {most}");
            Error(path, string.Create(null,
                $"{what} {(value < least && least == 0 ? "must not be negative" : "is out of range")}, {value} given"), range);
        }
    }

    /// <summary>A message of a type.</summary>
    public void Add(MessageType type, RulePath path, string message, string? suggestion = null)
    {
        if (Problems.Count == Most)
        {
            return;
        }

        var text = path.ToString();
        if (!isSpoilt(text))
        {
            Problems.Add(resource.Problem(type, text, message, suggestion));
        }
    }
}
