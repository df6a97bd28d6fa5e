using System.Text.Json;
using System.Xml.Linq;
using Bookinfo.Mesh.Analysis.Testing;
using Bookinfo.Mesh.Analysis.Testing.Reports;

namespace Bookinfo.Tests.Analysis.Testing;

public sealed class ReportTests
{
    private static readonly TestFileResult File = TestRun.Of("""
        cases:
        - name: goes to v1
          from: page
          request: GET http://reviews/
          expect: {destination: reviews, subset: v1}
        - name: "is <slow>\u0001, 100 %"
          from: page
          request: GET http://reviews/
          expect: {timeout: 3s}
        """, Cluster.Reviews("- route:\n  - destination: {host: reviews, subset: v1}"));

    private static readonly TestReport Report = new([File], Coverage.Of([File], _ => true), 50);

    [Fact]
    public void Text_Failure_HasExpectedActualAndTheWay()
    {
        var text = Written(TextReport.Write);

        Assert.Contains("tests.yaml:6: failed: is <slow>", text, StringComparison.Ordinal);
        Assert.Contains("  timeout:\n    expected: 3s\n    actual:   none\n", text.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("| virtual host: reviews.default.svc.cluster.local:9080", text, StringComparison.Ordinal);
        Assert.EndsWith("coverage: 1 of 1 rules and matches (100 %, at least 50 % wanted)\n2 cases: 1 failed\n",
            text.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public void JUnit_Run_IsASuiteForEachFile()
    {
        var suite = XDocument.Parse(Written(JUnitReport.Write)).Root!.Element("testsuite")!;

        Assert.Equal(("2", "1"), (suite.Attribute("tests")!.Value, suite.Attribute("failures")!.Value));
        var failed = suite.Elements("testcase").Single(test => test.Element("failure") is not null);
        Assert.Equal(("is <slow>\uFFFD, 100 %", "tests.yaml", "6"),
            (failed.Attribute("name")!.Value, failed.Attribute("file")!.Value, failed.Attribute("line")!.Value));
        Assert.Equal("timeout: expected 3s, but got none", failed.Element("failure")!.Attribute("message")!.Value);
    }

    [Fact]
    public void Json_Run_CountsAndLists()
    {
        var json = JsonDocument.Parse(Written(JsonReport.Write)).RootElement;

        Assert.Equal((2, 1), (json.GetProperty("requests").GetInt32(), json.GetProperty("failures").GetInt32()));
        var failed = json.GetProperty("files")[0].GetProperty("results")[1];
        Assert.Equal("timeout", failed.GetProperty("mismatches")[0].GetProperty("what").GetString());
        Assert.Equal(100, json.GetProperty("coverage").GetProperty("percent").GetDouble());
    }

    [Fact]
    public void GitHub_Failure_IsAnAnnotationInOneLine() => Assert.Contains(
        "::error file=tests.yaml,line=6,title=is <slow>\u0001%2C 100 %25::GET http://reviews/ from page-v1-1%0A"
            + "timeout: expected 3s, but got none%0A",
        Written(GitHubReport.Write).Split('\n')[0], StringComparison.Ordinal);

    [Theory]
    [InlineData(100, false)]
    [InlineData(101, true)]
    public void IsCoverageTooLow_Threshold_Decides(double threshold, bool expected) =>
        Assert.Equal(expected, (Report with { Threshold = threshold }).IsCoverageTooLow);

    private static string Written(Action<TestReport, TextWriter> write)
    {
        using var output = new StringWriter();
        write(Report, output);
        return output.ToString();
    }
}
