using System.Text.Json;
using System.Text.Json.Serialization;
using Bookinfo.Mesh.Analysis.Migration;
using Bookinfo.Mesh.Analysis.Migration.Reports;
using Bookinfo.Mesh.Istio;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Lab.Checking;
using Bookinfo.Mesh.Lab.Errors;

namespace Bookinfo.Mesh.Lab.Migrating;

/// <summary>Writes the result of a migration.</summary>
internal static class MigrationOutput
{
    private const string Services = "services.yaml";

    private static readonly JsonSerializerOptions Json = new(CheckJson.Options) { Converters = { new JsonStringEnumConverter() } };

    /// <summary>Resources and Services in one text, in which the proof's lines are right.</summary>
    public static string Yaml(MigrationResult result) =>
        string.Join("---\n", new[] { Resources(result), RuleWriter.Write(result.Services) }.Where(text => text.Length > 0));

    /// <summary>Writes <see cref="RuleMigration.Written"/> and the Services beside it.</summary>
    /// <exception cref="UserErrorException">The folder cannot be written to.</exception>
    public static void WriteTo(string folder, MigrationResult result)
    {
        try
        {
            Directory.CreateDirectory(folder);
            Write(RuleMigration.Written, Resources(result));
            Write(Services, RuleWriter.Write(result.Services));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"--output: {folder} cannot be written to: {e.Message}", ExitCodes.Usage);
        }

        void Write(string name, string text)
        {
            if (text.Length > 0)
            {
                File.WriteAllText(Path.Combine(folder, name), text);
            }
        }
    }

    /// <summary>Writes the report.</summary>
    /// <param name="result">The result of the migration.</param>
    /// <param name="format"><c>text</c>, <c>markdown</c>, <c>md</c> or <c>json</c>.</param>
    /// <param name="to">Where to.</param>
    public static void Report(MigrationResult result, string format, TextWriter to)
    {
        switch (format)
        {
            case "json":
                to.WriteLine(JsonSerializer.Serialize(
                    new { Written = MigrationText.Names(result), result.IsComplete, result.Findings, result.Proof }, Json));
                break;
            case "markdown" or "md":
                MigrationMarkdown.Write(result, to);
                break;
            default:
                MigrationText.Write(result, to);
                break;
        }
    }

    private static string Resources(MigrationResult result) =>
        RuleWriter.Write(RuleSet.Empty with { GatewayApi = result.Resources });
}
