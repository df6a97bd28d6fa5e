namespace Bookinfo.Mesh.Analysis.Migration.Findings;

/// <summary>Something that does not come over as it is.</summary>
/// <param name="Kind">How much of it comes over.</param>
/// <param name="Rule">The resource, <c>VirtualService/reviews</c>.</param>
/// <param name="Path">Where it stands in the resource: <c>spec.http[0].fault</c>.</param>
/// <param name="File">The file it was read from; empty where there is none.</param>
/// <param name="Line">Line in that file, from 1; 0 where there is none.</param>
/// <param name="Message">What one would lose, in a sentence without a full stop.</param>
/// <param name="Advice">What to do about it; null where nothing can be done.</param>
public sealed record MigrationFinding(
    FindingKind Kind, string Rule, string Path, string File, int Line, string Message, string? Advice)
{
    /// <summary><c>file:line: kind: rule path: message (advice)</c>; parts that are absent are left out.</summary>
    public override string ToString()
    {
        var place = Line > 0 ? $"{File}:{Line}: " : File.Length > 0 ? $"{File}: " : "";
        var advice = Advice is null ? "" : $" ({Advice})";
        return $"{place}{KindWord}: {$"{Rule} {Path}".TrimEnd()}: {Message}{advice}";
    }

    /// <summary><c>lost</c>, <c>refused</c> or <c>note</c>.</summary>
    public string KindWord => Kind switch { FindingKind.Lost => "lost", FindingKind.Refused => "refused", _ => "note" };
}

/// <summary>How much of something comes over.</summary>
public enum FindingKind
{
    /// <summary>All of it; there is something to know or to do.</summary>
    Note,

    /// <summary>The rest of the resource comes over, without this.</summary>
    Lost,

    /// <summary>The resource stays as it is: without this, requests would go to other places.</summary>
    Refused,
}
