using System.Text.Json;
using System.Text.Json.Serialization;
using Bookinfo.Mesh.Istio.Problems;

namespace Bookinfo.Mesh.Lab.Checking;

/// <summary>
/// A check's result as SARIF 2.1.0, which editors show and GitHub annotates pull requests with. Source:
/// <see href="https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html"/>.
/// </summary>
internal static class CheckSarif
{
    private const string Schema = "https://json.schemastore.org/sarif-2.1.0.json";

    public static void Write(CheckResult result, TextWriter output)
    {
        var types = result.Problems.Select(problem => problem.Type).Distinct().OrderBy(type => type.Code, StringComparer.Ordinal).ToList();
        var driver = new Driver("bookinfo check", "https://istio.io/latest/docs/reference/config/analysis/", [.. types.Select(Rule.Of)]);
        var log = new Log(Schema, "2.1.0",
            [new Run(new Tool(driver), "unicodeCodePoints", [.. result.Problems.Select(problem => Result.Of(problem, types))])]);
        output.WriteLine(JsonSerializer.Serialize(log, CheckJson.Options));
    }

    /// <summary>A path as the URI that stands for it: relative to where the check ran, with slashes.</summary>
    private static string Uri(string file)
    {
        var path = Path.IsPathRooted(file) ? Path.GetRelativePath(Environment.CurrentDirectory, file) : file;
        return path.StartsWith("..", StringComparison.Ordinal) || Path.IsPathRooted(path)
            ? new Uri(Path.GetFullPath(file)).AbsoluteUri
            : string.Join('/', path.Split(Path.DirectorySeparatorChar, '/').Where(part => part != ".").Select(System.Uri.EscapeDataString));
    }

    private static string Level(Severity severity) =>
        severity switch { Severity.Error => "error", Severity.Warning => "warning", _ => "note" };

    private sealed record Log([property: JsonPropertyName("$schema")] string Schema, string Version, IReadOnlyList<Run> Runs);

    private sealed record Run(Tool Tool, string ColumnKind, IReadOnlyList<Result> Results);

    private sealed record Tool(Driver Driver);

    private sealed record Driver(string Name, string InformationUri, IReadOnlyList<Rule> Rules);

    private sealed record Text([property: JsonPropertyName("text")] string Value);

    private sealed record Configuration(string Level);

    private sealed record Rule(string Id, string Name, Text ShortDescription, string? HelpUri, Configuration DefaultConfiguration)
    {
        public static Rule Of(MessageType type) =>
            new(type.Code, type.Name, new Text(type.Description), type.HelpUri, new Configuration(Level(type.Severity)));
    }

    private sealed record Artifact(string Uri);

    private sealed record Region(int StartLine, int StartColumn);

    private sealed record PhysicalLocation(Artifact ArtifactLocation, Region? Region);

    private sealed record LogicalLocation(string FullyQualifiedName);

    private sealed record Location(PhysicalLocation? PhysicalLocation, IReadOnlyList<LogicalLocation>? LogicalLocations);

    private sealed record Result(string RuleId, int RuleIndex, string Level, Text Message, IReadOnlyList<Location>? Locations)
    {
        public static Result Of(Problem problem, List<MessageType> types)
        {
            var physical = problem.File.Length == 0 ? null
                : new PhysicalLocation(new Artifact(Uri(problem.File)), problem.Line > 0 ? new Region(problem.Line, problem.Column) : null);
            IReadOnlyList<LogicalLocation>? logical = problem.Path.Length == 0 ? null : [new LogicalLocation(problem.Path)];
            var message = problem.Suggestion is null ? problem.Message : $"{problem.Message} ({problem.Suggestion})";
            return new Result(
                problem.Type.Code,
                types.IndexOf(problem.Type),
                CheckSarif.Level(problem.Severity),
                new Text(message),
                physical is null && logical is null ? null : [new Location(physical, logical)]);
        }
    }
}
