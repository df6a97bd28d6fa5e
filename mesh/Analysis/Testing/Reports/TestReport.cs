namespace Bookinfo.Mesh.Analysis.Testing.Reports;

/// <summary>What there is to report of a run.</summary>
/// <param name="Files">The results of each file.</param>
/// <param name="Coverage">The coverage; null where it was not asked for.</param>
/// <param name="Threshold">The least coverage, 0 to 100; null for none.</param>
public sealed record TestReport(IReadOnlyList<TestFileResult> Files, Coverage? Coverage = null, double? Threshold = null)
{
    /// <summary>Cases of all files.</summary>
    public int Cases => Files.Sum(file => file.File.Cases.Count);

    /// <summary>Requests of all cases.</summary>
    public int Requests => Files.Sum(file => file.Results.Count);

    /// <summary>Requests that did not go as expected.</summary>
    public int Failures => Files.Sum(file => file.Failures);

    /// <summary>Whether the coverage is below its threshold.</summary>
    public bool IsCoverageTooLow => Coverage is not null && Coverage.Percent < Threshold;

    /// <summary>Whether the run has failed.</summary>
    public bool HasFailed => Failures > 0 || IsCoverageTooLow;
}
