namespace Bookinfo.Tests.Support.Conformance;

/// <summary>Cases of Istio's that do not run here for one reason.</summary>
/// <param name="Reason">One clause, as <c>docs/conformance.md</c> shows it.</param>
/// <param name="Names">Istio's names of the cases.</param>
public sealed record LeftOutCases(string Reason, params IReadOnlyList<string> Names);
