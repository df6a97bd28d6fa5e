using Bookinfo.Mesh.Istio.Problems;

namespace Bookinfo.Mesh.Lab.Checking;

/// <summary>What a check found.</summary>
/// <param name="Files">How many files were read.</param>
/// <param name="HasBase">Whether something of the demo's base stands beneath the rules.</param>
/// <param name="Problems">What is to be said, file by file in the order of the text.</param>
internal sealed record CheckResult(int Files, bool HasBase, IReadOnlyList<Problem> Problems)
{
    /// <summary>Whether there is anything beside notes.</summary>
    public bool HasFailed => Problems.Any(problem => problem.Severity != Severity.Note);

    /// <summary>How many problems of a severity there are.</summary>
    public int Count(Severity severity) => Problems.Count(problem => problem.Severity == severity);
}
