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
        var sources = RulePlaces.Load(request.Tests, request.Recursive);
        var resources = sources.Where(source => !request.Tests.Contains(source.Name) && TestFileReader.HoldsResources(source))
            .Select(source => source.Name).Distinct().ToList();
        var files = sources.Where(source => !resources.Contains(source.Name) && !IsSetting(source.Name, request))
            .Select(TestFileReader.Read).ToList();
        if (files.Count == 0)
        {
            throw new UserErrorException($"{string.Join(", ", request.Tests)}: there are no tests here. A file of tests has cases:, "
                + "testCases: (istio-config-validator) or tests: (router_check_tool).", ExitCodes.Usage);
        }

        var cluster = new KnownCluster(request.Namespace, request.WithBase, request.Recursive, request.GatewayApi);
        var results = new List<TestFileResult>();
        var problems = new List<Problem>();
        var rulePaths = new List<string>();
        foreach (var file in files)
        {
            problems.AddRange(file.Problems);
            if (file.Problems.Count == 0)
            {
                var paths = PathsOf(file, request, resources);
                rulePaths.AddRange(paths);
                Run(file, cluster.Read(paths), results, problems);
            }
        }

        var baseFiles = cluster.Base.Gateways.Select(gateway => gateway.Source.File).ToHashSet();
        var coverage = request.Coverage ? Coverage.Of(results, file => !baseFiles.Contains(file)) : null;
        return new TestOutcome(new TestReport(results, coverage, request.Threshold), [.. problems.Distinct()],
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

    /// <summary>Settings of other programs, such as <c>.golangci.yml</c>.</summary>
    private static bool IsSetting(string file, TestRequest request) =>
        Path.GetFileName(file).StartsWith('.') && !request.Tests.Contains(file);

    /// <summary>
    /// The rules that a file names, beside it, and those of the command line; without any, the resources in its own folder, then those in
    /// all folders of tests, and without those the rules that a Lab starts with.
    /// </summary>
    private static IReadOnlyList<string> PathsOf(TestFile file, TestRequest request, List<string> resources)
    {
        var folder = Path.GetDirectoryName(file.Name) is { Length: > 0 } named ? named : ".";
        IReadOnlyList<string> paths = [.. file.Rules.Select(rule => Path.Combine(folder, rule)), .. request.Rules];
        List<string> beside = [.. resources.Where(resource => Path.GetDirectoryName(resource) == Path.GetDirectoryName(file.Name))];
        return paths.Count > 0 ? paths : beside.Count > 0 ? beside : resources.Count > 0 ? resources : [RulePlaces.Default];
    }
}
