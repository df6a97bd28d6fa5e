using Bookinfo.Mesh.Istio.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Bookinfo.Mesh.TrafficConsole.Api;

/// <summary>A problem with rules, as the API writes it.</summary>
/// <param name="Severity"><c>error</c>, <c>warning</c> or <c>note</c>.</param>
/// <param name="File">Where the text came from.</param>
/// <param name="Line">Line, from 1; 0 where there is no text.</param>
/// <param name="Column">Column, from 1; 0 where there is no text.</param>
/// <param name="Path">Resource and path in it.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Suggestion">What would be right, or null.</param>
/// <param name="Code">The code of the message's type, such as <c>IST0101</c>.</param>
public sealed record ProblemEntry(string Severity, string File, int Line, int Column, string Path, string Message, string? Suggestion,
    string Code)
{
    internal static ProblemEntry From(Problem problem) => new(
        problem.SeverityWord,
        problem.File,
        problem.Line,
        problem.Column,
        problem.Path,
        problem.Message,
        problem.Suggestion,
        problem.Type.Code);

    internal static List<ProblemEntry> From(IEnumerable<Problem> problems) => [.. problems.Select(From)];
}

/// <summary>The answer to rules that are turned away: problem details (RFC 9457) with the problems of the rules.</summary>
internal static class Refusal
{
    public static ProblemHttpResult Of(IEnumerable<Problem> problems)
    {
        var all = problems.ToList();
        var entries = ProblemEntry.From(all);
        var first = all.Find(problem => problem.IsRefusal);
        return TypedResults.Problem(
            title: "Not applied. The previous rules are still active.",
            detail: first?.ToString(),
            statusCode: StatusCodes.Status422UnprocessableEntity,
            extensions: new Dictionary<string, object?> { ["problems"] = entries });
    }
}
