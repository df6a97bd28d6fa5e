using Bookinfo.Mesh.Analysis.Testing.Reports;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Problems;

namespace Bookinfo.Mesh.Lab.Testing;

/// <summary>What is to be tested, and what is known of the cluster beside the rules.</summary>
internal sealed record TestRequest
{
    /// <summary>Files and folders of tests.</summary>
    public required IReadOnlyList<string> Tests { get; init; }

    /// <summary>Files and folders of rules, beside those that the tests name; none for the demo's own.</summary>
    public IReadOnlyList<string> Rules { get; init; } = [];

    /// <summary>Whether folders within folders are read too.</summary>
    public bool Recursive { get; init; }

    /// <summary>Which fields of the Gateway API there are.</summary>
    public GatewayApiChannel GatewayApi { get; init; }

    /// <summary>The namespace of the sample's services, and of rules that name none.</summary>
    public string Namespace { get; init; } = "default";

    /// <summary>Whether the demo's base stands beneath the rules.</summary>
    public bool WithBase { get; init; } = true;

    /// <summary>Whether the coverage is asked for.</summary>
    public bool Coverage { get; init; }

    /// <summary>The least coverage, 0 to 100; null for none.</summary>
    public double? Threshold { get; init; }
}

/// <summary>What a run found.</summary>
/// <param name="Report">The cases that ran.</param>
/// <param name="Problems">What is wrong with tests and rules, so that their cases did not run.</param>
/// <param name="Paths">The files and folders of tests and rules, for a watch on them.</param>
internal sealed record TestOutcome(TestReport Report, IReadOnlyList<Problem> Problems, IReadOnlyList<string> Paths)
{
    /// <summary>Whether a case failed, or could not run.</summary>
    public bool HasFailed => Report.HasFailed || Problems.Count > 0;
}
