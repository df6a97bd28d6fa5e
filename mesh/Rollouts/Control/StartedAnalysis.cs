using Bookinfo.Mesh.Rollouts.Analysis;

namespace Bookinfo.Mesh.Rollouts.Control;

/// <summary>An analysis that a canary has started.</summary>
/// <param name="Run">The analysis.</param>
/// <param name="Step">The step, from 0, that it is; null for the one beside the steps.</param>
public sealed record StartedAnalysis(AnalysisRun Run, int? Step);
