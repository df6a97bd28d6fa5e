namespace Bookinfo.Mesh.Istio;

/// <summary>How bad a <see cref="Problem"/> is.</summary>
public enum Severity
{
    /// <summary>istiod would refuse it, or the mesh cannot do it: the rules are not to be used.</summary>
    Error,

    /// <summary>The rules can be used, but some of the traffic will fail or some of the rules do nothing.</summary>
    Warning,

    /// <summary>Worth knowing.</summary>
    Note,
}

/// <summary>Something to say about the rules, and where.</summary>
/// <param name="Severity">How bad it is.</param>
/// <param name="File">The name of the <see cref="RuleSource"/>; empty for rules made in code.</param>
/// <param name="Line">Line, from 1; 0 where there is no text.</param>
/// <param name="Column">Column, from 1; 0 where there is no text.</param>
/// <param name="Path">Resource and path: <c>VirtualService/reviews spec.http[0].route[1].weight</c>; empty where the text is no resource.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Suggestion">What would be right, or null.</param>
public sealed record Problem(Severity Severity, string File, int Line, int Column, string Path, string Message, string? Suggestion)
{
    /// <summary><c>file:line:column: path: message (suggestion)</c>; parts that are absent are left out.</summary>
    public override string ToString()
    {
        var place = Line > 0 ? $"{File}:{Line}:{Column}: " : File.Length > 0 ? $"{File}: " : "";
        var path = Path.Length > 0 ? $"{Path}: " : "";
        return Suggestion is null ? $"{place}{path}{Message}" : $"{place}{path}{Message} ({Suggestion})";
    }
}
