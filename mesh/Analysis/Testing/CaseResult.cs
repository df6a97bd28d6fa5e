using Bookinfo.Mesh.Analysis.Testing.Expectations;
using Bookinfo.Mesh.Proxy.Explaining;

namespace Bookinfo.Mesh.Analysis.Testing;

/// <summary>The result of one request of a case.</summary>
public sealed record CaseResult
{
    /// <summary>The case.</summary>
    public required TestCase Case { get; init; }

    /// <summary>Method and URL.</summary>
    public required string Request { get; init; }

    /// <summary>Who called.</summary>
    public required string Caller { get; init; }

    /// <summary>What did not hold; none where the case passes.</summary>
    public required IReadOnlyList<Mismatch> Mismatches { get; init; }

    /// <summary>What is worth knowing although it fails nothing, such as where the tool that the test is of differs from Istio.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>The rule that was taken; null for none.</summary>
    public RulePlace? Rule { get; init; }

    /// <summary>The way that the request takes, line by line; null where the case passes.</summary>
    public string? Explanation { get; init; }

    /// <summary>Whether all that was expected holds.</summary>
    public bool HasPassed => Mismatches.Count == 0;
}

/// <summary>The results of a file with tests.</summary>
/// <param name="File">The file.</param>
/// <param name="Results">One for each request of each case, in order.</param>
/// <param name="Notes">What had to be assumed of the cluster.</param>
/// <param name="Rules">Every match of every rule that the file's requests could take.</param>
public sealed record TestFileResult(TestFile File, IReadOnlyList<CaseResult> Results, IReadOnlyList<string> Notes,
    IReadOnlyList<RulePlace> Rules)
{
    /// <summary>How many requests did not go as expected.</summary>
    public int Failures => Results.Count(result => !result.HasPassed);
}
