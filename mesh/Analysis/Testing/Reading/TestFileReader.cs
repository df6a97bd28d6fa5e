using System.Text.RegularExpressions;
using Bookinfo.Mesh.Istio;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Problems;
using Bookinfo.Mesh.Istio.Reading;
using Bookinfo.Mesh.Istio.Yaml;

namespace Bookinfo.Mesh.Analysis.Testing.Reading;

/// <summary>
/// Reads files with tests, each in the format that its first field tells. Fields that are not known are errors, as in rules.
/// </summary>
public static partial class TestFileReader
{
    /// <summary>
    /// Whether a file of a folder of tests holds Kubernetes resources, and so no tests: rules often stand beside their tests.
    /// </summary>
    /// <param name="source">The file.</param>
    public static bool HoldsResources(RuleSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return KindLine().IsMatch(source.Text) && VersionLine().IsMatch(source.Text);
    }


    /// <summary>Reads a file of one or several YAML documents, or JSON. Never throws for what the text says.</summary>
    /// <param name="source">The file.</param>
    public static TestFile Read(RuleSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        var documents = new List<TestFile>();
        var problems = new List<Problem>();
        try
        {
            var reader = new YamlReader(source.Text);
            while (reader.Next() is { } document)
            {
                if (document is not YamlScalar { Kind: YamlScalarKind.Null })
                {
                    documents.Add(Read(source.Name, document));
                }
            }
        }
        catch (YamlFormatException error)
        {
            problems.Add(new Problem(Severity.Error, source.Name, error.Place.Line, error.Place.Column, "", error.Message, error.Suggestion)
            {
                Type = MessageTypes.Unreadable,
            });
        }

        var file = new TestFile(source.Name, documents.FirstOrDefault()?.Format ?? TestFormat.RouteTest,
            [.. documents.SelectMany(each => each.Rules)], [.. documents.SelectMany(each => each.Cases)],
            [.. problems, .. documents.SelectMany(each => each.Problems)]);
        return file.Cases.Count > 0 || file.Problems.Count > 0 ? file
            : file with { Problems = [Nothing(source.Name)] };
    }

    private static TestFile Read(string file, YamlNode document)
    {
        var scope = new ReadScope(file);
        if (document is not YamlMapping mapping)
        {
            scope.Error(document.Place, RulePath.Root, $"a file with tests is a mapping with cases, {document.Noun} given",
                document is YamlSequence ? "write tests: above the list for router_check_tool's format" : null);
            return new TestFile(file, TestFormat.RouteTest, [], [], scope.Problems);
        }

        var format = mapping.Find("testCases") is not null ? TestFormat.IstioConfigValidator
            : mapping.Find("tests") is not null ? TestFormat.RouterCheckTool
            : TestFormat.RouteTest;
        if (format == TestFormat.RouterCheckTool && mapping.Find("tests")!.Value is YamlSequence { Items: [YamlMapping first, ..] }
            && first.Find("input") is null && (first.Find("request") ?? first.Find("expect")) is not null)
        {
            scope.Error(mapping.Find("tests")!.Key.Place, RulePath.Root.Field("tests"), "tests holds what Envoy's router_check_tool reads",
                "write cases: above cases with request and expect");
            return new TestFile(file, TestFormat.RouteTest, [], [], scope.Problems);
        }

        var root = new ObjectReader(scope, mapping, RulePath.Root, "file with tests") { IsRoot = true };
        var lines = new CaseLines(mapping);
        var rules = format == TestFormat.RouteTest ? root.Texts("rules") : [];
        IReadOnlyList<TestCase> cases = format switch
        {
            TestFormat.IstioConfigValidator => root.Objects("testCases", "test case",
                item => IstioConfigValidatorFields.Read(item, lines.Next("testCases"))),
            TestFormat.RouterCheckTool => root.Objects("tests", "test", item => RouterCheckFields.Read(item, lines.Next("tests"))),
            _ => root.Objects("cases", "case", item => RouteTestFields.Read(item, lines.Next("cases"))),
        };
        root.Done();
        return new TestFile(file, format, rules, cases, [.. scope.Problems.OrderBy(problem => problem.Line)]);
    }

    [GeneratedRegex("^kind:", RegexOptions.Multiline)]
    private static partial Regex KindLine();

    [GeneratedRegex("^apiVersion:", RegexOptions.Multiline)]
    private static partial Regex VersionLine();

    private static Problem Nothing(string file) =>
        new(Severity.Error, file, 1, 1, "", "there are no tests in it", "write cases: with at least one case")
        {
            Type = MessageTypes.NoRules,
        };
}

/// <summary>The lines of the cases of a list, asked for in the order in which they are read.</summary>
internal sealed class CaseLines(YamlMapping root)
{
    private int _next;

    /// <summary>The line of the next case that is a mapping.</summary>
    public int Next(string list)
    {
        var cases = root.Find(list)?.Value is YamlSequence sequence ? sequence.Items.OfType<YamlMapping>().ToList() : [];
        return _next < cases.Count ? cases[_next++].Place.Line : 0;
    }
}
