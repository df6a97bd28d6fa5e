namespace Bookinfo.Mesh.Istio.Problems;

/// <summary>How bad a <see cref="Problem"/> is.</summary>
public enum Severity
{
    /// <summary>istiod refuses it, the mesh cannot do it, or traffic fails.</summary>
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
/// <param name="Path">Resource and path: <c>VirtualService/reviews spec.http[0].route[1].weight</c>; empty where the text is not a
/// resource.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Suggestion">What would be right, or null.</param>
public sealed record Problem(Severity Severity, string File, int Line, int Column, string Path, string Message, string? Suggestion)
{
    /// <summary>The type of the message, with its code.</summary>
    public MessageType Type { get; init; } = MessageTypes.OfValidation(Severity);

    /// <summary>Whether the rules cannot be applied because of it.</summary>
    public bool IsRefusal => Severity == Severity.Error && Type.Refuses;

    /// <summary><c>error</c>, <c>warning</c> or <c>note</c>.</summary>
    public string SeverityWord => Severity switch { Severity.Error => "error", Severity.Warning => "warning", _ => "note" };

    /// <summary><c>file:line:column: path: message (suggestion)</c>; parts that are absent are left out.</summary>
    public override string ToString() => Written(severity: "", code: "");

    /// <summary><c>file:line:column: severity: path: message (suggestion) [code]</c>, as compilers write it.</summary>
    public string ToLine() => Written(severity: $"{SeverityWord}: ", code: $" [{Type.Code}]");

    private string Written(string severity, string code)
    {
        var place = Line > 0 ? $"{File}:{Line}:{Column}: " : File.Length > 0 ? $"{File}: " : "";
        var path = Path.Length > 0 ? $"{Path}: " : "";
        var suggestion = Suggestion is null ? "" : $" ({Suggestion})";
        return $"{place}{severity}{path}{Message}{suggestion}{code}";
    }
}
