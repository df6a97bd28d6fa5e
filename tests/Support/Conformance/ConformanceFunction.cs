namespace Bookinfo.Tests.Support.Conformance;

/// <summary>One function of Istio's cases.</summary>
/// <param name="Name">The Go function.</param>
/// <param name="Passed">How many of its cases run here, and pass, or the suite would not be green.</param>
/// <param name="LeftOut">The others.</param>
public sealed record ConformanceFunction(string Name, int Passed, IReadOnlyList<LeftOutCases> LeftOut);
