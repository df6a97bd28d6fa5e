namespace Bookinfo.Tests.Support.Conformance;

/// <summary>A file of Istio's tests, and the results of its cases here.</summary>
/// <param name="Path">Path in istio/istio.</param>
/// <param name="Functions">Its functions of cases, in the file's order.</param>
public sealed record ConformanceSource(string Path, IReadOnlyList<ConformanceFunction> Functions)
{
    internal int Passed => Functions.Sum(function => function.Passed);

    internal int LeftOut => Functions.Sum(function => function.LeftOut.Sum(group => group.Names.Count));
}
