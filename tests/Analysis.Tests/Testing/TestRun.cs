using Bookinfo.Mesh.Analysis.Testing;
using Bookinfo.Mesh.Analysis.Testing.Reading;
using Bookinfo.Mesh.Istio;
using Bookinfo.Mesh.Istio.Model;

namespace Bookinfo.Tests.Analysis.Testing;

/// <summary>Runs tests that stand in a text.</summary>
internal static class TestRun
{
    public static TestFile Read(string tests) => TestFileReader.Read(new RuleSource("tests.yaml", tests));

    public static TestFileResult Of(string tests, RuleSet rules)
    {
        var file = Read(tests);
        Assert.True(file.Problems.Count == 0, string.Join(Environment.NewLine, file.Problems));
        return RuleTests.Run(file, Cluster.Options, rules);
    }

    /// <summary>What does not hold of a case in the project's own format.</summary>
    /// <param name="expect">The fields of <c>expect</c> in one line.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="request">The request.</param>
    /// <param name="more">Further fields of the case, each in a line of its own.</param>
    public static IReadOnlyList<string> Mismatches(string expect, RuleSet rules, string request = "GET http://reviews:9080/reviews/0",
        string more = "from: page")
    {
        var result = Of($"cases:\n- name: a case\n  request: {request}\n  {more}\n  expect: {expect}\n", rules);
        return [.. Assert.Single(result.Results)
            .Mismatches.Select(mismatch => $"{mismatch.What}: {mismatch.Expected} / {mismatch.Actual}")];
    }
}
