namespace Bookinfo.Mesh.Rollouts.Analysis;

/// <summary>How a measurement, a metric or a whole analysis stands; from best to worst, as Argo orders them
/// (<c>utils/analysis/helpers.go: analysisStatusOrder</c>).</summary>
public enum AnalysisPhase
{
    /// <summary>It ended well.</summary>
    Successful,

    /// <summary>It goes on.</summary>
    Running,

    /// <summary>It has not begun.</summary>
    Pending,

    /// <summary>It ended, and neither speaks for the release nor against it.</summary>
    Inconclusive,

    /// <summary>It could not be measured.</summary>
    Error,

    /// <summary>It speaks against the release.</summary>
    Failed,
}

/// <summary>What is said of phases.</summary>
public static class AnalysisPhases
{
    /// <summary>Whether nothing follows.</summary>
    public static bool IsCompleted(this AnalysisPhase phase) => phase is not (AnalysisPhase.Running or AnalysisPhase.Pending);
}
