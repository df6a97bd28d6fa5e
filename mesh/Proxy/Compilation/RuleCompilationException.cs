using Bookinfo.Mesh.Istio.Problems;

namespace Bookinfo.Mesh.Proxy.Compilation;

/// <summary>The rules ask for what the mesh cannot do. The rules before them stay in force.</summary>
public sealed class RuleCompilationException : Exception
{
    /// <summary>Made from the problems that were found, at least one.</summary>
    public RuleCompilationException(IReadOnlyList<Problem> problems)
        : base(string.Join(Environment.NewLine, problems)) => Problems = problems;

    /// <summary>What is wrong, and where.</summary>
    public IReadOnlyList<Problem> Problems { get; }
}
