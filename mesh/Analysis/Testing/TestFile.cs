using Bookinfo.Mesh.Analysis.Assumptions;
using Bookinfo.Mesh.Analysis.Testing.Expectations;
using Bookinfo.Mesh.Istio.Problems;
using Bookinfo.Mesh.Proxy.Explaining;

namespace Bookinfo.Mesh.Analysis.Testing;

/// <summary>A file with tests of rules.</summary>
/// <param name="Name">The file.</param>
/// <param name="Format">Whose format it has.</param>
/// <param name="Rules">Files and folders of rules that it names, relative to its own folder; none where it names none.</param>
/// <param name="Cases">Its cases in order.</param>
/// <param name="Problems">What is wrong with it. Where there is any, no case is run.</param>
public sealed record TestFile(string Name, TestFormat Format, IReadOnlyList<string> Rules, IReadOnlyList<TestCase> Cases,
    IReadOnlyList<Problem> Problems);

/// <summary>Whose format a file with tests has.</summary>
public enum TestFormat
{
    /// <summary>The project's own: <c>cases</c>.</summary>
    RouteTest,

    /// <summary>That of getyourguide/istio-config-validator: <c>testCases</c>.</summary>
    IstioConfigValidator,

    /// <summary>That of Envoy's router_check_tool: <c>tests</c>.</summary>
    RouterCheckTool,
}

/// <summary>One or several requests, and what is expected of each.</summary>
public sealed record TestCase
{
    /// <summary>What the case is about.</summary>
    public required string Name { get; init; }

    /// <summary>Its line in the file, from 1.</summary>
    public required int Line { get; init; }

    /// <summary>Who calls.</summary>
    public required CallerSelector Caller { get; init; }

    /// <summary>The requests.</summary>
    public required IReadOnlyList<SampleRequest> Requests { get; init; }

    /// <summary>What is expected of each request. All of it must hold.</summary>
    public required IReadOnlyList<Expectation> Expectations { get; init; }
}
