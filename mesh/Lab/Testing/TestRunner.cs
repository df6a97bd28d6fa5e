using Bookinfo.Mesh.Analysis.Testing;
using Bookinfo.Mesh.Analysis.Testing.Reading;
using Bookinfo.Mesh.Analysis.Testing.Reports;
using Bookinfo.Mesh.Istio.Problems;
using Bookinfo.Mesh.Lab.Errors;
using Bookinfo.Mesh.Lab.Rules;

namespace Bookinfo.Mesh.Lab.Testing;

/// <summary>Runs tests of rules on the sample's mesh, without starting anything. Each file with tests has a mesh of its own.</summary>
internal static class TestRunner
{
    /// <summary>Runs.</summary>
    /// <exception cref="UserErrorException">A file cannot be read.</exception>
    public static TestOutcome Run(TestRequest request)
    {
        var files = RulePlaces.Load(request.Tests, request.Recursive).Select(TestFileReader.Read).ToList();
        var cluster = new KnownCluster(request.Namespace, request.WithBase, request.Recursive, request.GatewayApi);
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
                Run(file, cluster.Read(paths), results, problems);
            }
        }

        var baseFiles = cluster.Base.Gateways.Select(gateway => gateway.Source.File).ToHashSet();
        var coverage = request.Coverage ? Coverage.Of(results, file => !baseFiles.Contains(file)) : null;
        return new TestOutcome(new TestReport(results, coverage, request.Threshold), problems,
            [.. request.Tests.Concat(rulePaths).Distinct()]);
    }

    private static void Run(TestFile file, ClusterRules rules, List<TestFileResult> results, List<Problem> problems)
    {
        problems.AddRange(rules.Problems);
        if (rules.Problems.Count == 0)
        {
            results.Add(RuleTests.Run(file, rules.Options, rules.Rules));
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
