using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Bookinfo.Mesh.Istio.Problems;

namespace Bookinfo.Mesh.Lab.Checking;

/// <summary>A check's result as JSON.</summary>
internal static class CheckJson
{
    /// <summary>How the check's JSON is written; for SARIF too.</summary>
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void Write(CheckResult result, TextWriter output) => output.WriteLine(JsonSerializer.Serialize(
        new Document(
            result.Files,
            result.Count(Severity.Error),
            result.Count(Severity.Warning),
            result.Count(Severity.Note),
            [.. result.Problems.Select(Entry.Of)]),
        Options));

    private sealed record Document(int Files, int Errors, int Warnings, int Notes, IReadOnlyList<Entry> Problems);

    private sealed record Entry(
        string Code, string Name, string Severity, string File, int? Line, int? Column, string? Path, string Message, string? Suggestion,
            string? Help)
    {
        public static Entry Of(Problem problem) => new(
            problem.Type.Code,
            problem.Type.Name,
            problem.SeverityWord,
            problem.File,
            problem.Line > 0 ? problem.Line : null,
            problem.Line > 0 ? problem.Column : null,
            problem.Path.Length > 0 ? problem.Path : null,
            problem.Message,
            problem.Suggestion,
            problem.Type.HelpUri);
    }
}
