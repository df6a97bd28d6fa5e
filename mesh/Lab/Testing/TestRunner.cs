using Bookinfo.Mesh.Analysis.Testing;
using Bookinfo.Mesh.Analysis.Testing.Reading;
using Bookinfo.Mesh.Analysis.Testing.Reports;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Problems;
using Bookinfo.Mesh.Lab.Errors;
using Bookinfo.Mesh.Lab.Model;
using Bookinfo.Mesh.Lab.Rules;
using Bookinfo.Mesh.Proxy.Compilation;
using Bookinfo.Mesh.TrafficConsole.Rules;
using Bookinfo.Topology;

namespace Bookinfo.Mesh.Lab.Testing;

/// <summary>Runs tests of rules on the sample's mesh, without starting anything. Each file with tests has a mesh of its own.</summary>
internal static class TestRunner
{
    /// <summary>Runs.</summary>
    /// <exception cref="UserErrorException">A file cannot be read.</exception>
    public static TestOutcome Run(TestRequest request)
    {
        var files = RulePlaces.Load(request.Tests, request.Recursive).Select(TestFileReader.Read).ToList();
        var below = request.WithBase ? RulePlaces.Base(request.Namespace) : RuleSet.Empty;
        var results = new List<TestFileResult>();
        var problems = new List<Problem>();
        var rulePaths = new List<string>();
        foreach (var file in files)
        {
            problems.AddRange(file.Problems);
            if (file.Problems.Count == 0)
            {
                var paths = PathsOf(file, request);
                rulePaths.AddRange(paths);
                Run(file, paths, below, request, results, problems);
            }
        }

        var baseFiles = below.Gateways.Select(gateway => gateway.Source.File).ToHashSet();
        var coverage = request.Coverage ? Coverage.Of(results, file => !baseFiles.Contains(file)) : null;
        return new TestOutcome(new TestReport(results, coverage, request.Threshold), problems,
            [.. request.Tests.Concat(rulePaths).Distinct()]);
    }

    private static void Run(TestFile file, IReadOnlyList<string> paths, RuleSet below, TestRequest request, List<TestFileResult> results,
        List<Problem> problems)
    {
        var topology = BookinfoSystem.Topology.In(request.Namespace);
        var prepared = PreparedRules.Replacing(RulePlaces.Load(paths, request.Recursive), below,
            topology.ToKnownServices() with { IsComplete = false });
        if (prepared.HasErrors)
        {
            problems.AddRange(prepared.Problems.Where(problem => problem.IsRefusal));
            return;
        }

        try
        {
            results.Add(RuleTests.Run(file, DryRun.Options(topology, DryRun.Services(prepared.Objects, [], request.Namespace)),
                prepared.Rules));
        }
        catch (RuleCompilationException e)
        {
            problems.AddRange(e.Problems);
        }
    }

    /// <summary>The rules that a file names, beside it, and those of the command line; without any, those that a Lab starts with.</summary>
    private static IReadOnlyList<string> PathsOf(TestFile file, TestRequest request)
    {
        var folder = Path.GetDirectoryName(file.Name) is { Length: > 0 } named ? named : ".";
        IReadOnlyList<string> paths = [.. file.Rules.Select(rule => Path.Combine(folder, rule)), .. request.Rules];
        return paths.Count > 0 ? paths : [RulePlaces.Default];
    }
}
