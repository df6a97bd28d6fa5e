using System.Globalization;
using System.Text;
using System.Text.Json;
using Bookinfo.Mesh.TrafficConsole.Canary;

namespace Bookinfo.Mesh.Lab.Canary;

/// <summary>Writes what became of a canary.</summary>
internal static class RolloutReport
{
    /// <summary>The report: JSON as the console's API has it, or Markdown.</summary>
    /// <param name="status">How it stood at the end.</param>
    /// <param name="file">The report's file, for its kind.</param>
    public static string Write(CanaryStatus status, string file) =>
        file.EndsWith(".json", StringComparison.OrdinalIgnoreCase)
            ? JsonSerializer.Serialize(status, CanaryJson.Default.CanaryStatus) + "\n"
            : Markdown(status);

    private static string Markdown(CanaryStatus status)
    {
        var text = new StringBuilder();
        var end = status.Phase switch
        {
            "Healthy" => $"{status.To} has all the traffic.",
            "Degraded" => $"Rolled back: {status.From} has all the traffic. {Escape(status.Message)}.",
            _ => $"Not ended: {status.Phase}. {Escape(status.Message)}",
        };
        text.Append(CultureInfo.InvariantCulture, $"# {status.Service}: {status.From} to {status.To}\n\n{end.Trim()}\n\n");
        text.Append("| step | |\n| --- | --- |\n");
        foreach (var step in status.Steps)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {Escape(step.Text)} | {step.State} |\n");
        }

        foreach (var metric in status.Analyses.SelectMany(analysis => analysis.Metrics))
        {
            text.Append(CultureInfo.InvariantCulture,
                $"\n## {metric.Name}: {metric.Phase.ToLowerInvariant()}\n\n`{metric.Threshold}`\n\n");
            text.Append("| at | value | requests | |\n| --- | ---: | ---: | --- |\n");
            foreach (var one in metric.Measurements)
            {
                var verdict = $"{one.Phase.ToLowerInvariant()} {Escape(one.Message ?? "")}".Trim();
                text.Append(CultureInfo.InvariantCulture, $"| {Seconds(one.At, status)} | {one.Value} | {one.Requests:0} | {verdict} |\n");
            }
        }

        text.Append("\n## What happened\n\n");
        foreach (var one in status.Events)
        {
            text.Append(CultureInfo.InvariantCulture, $"- {Seconds(one.At, status)}: {Escape(one.Text)}\n");
        }

        return text.ToString();
    }

    private static string Seconds(DateTimeOffset at, CanaryStatus status) =>
        string.Create(CultureInfo.InvariantCulture, $"{(at - status.StartedAt).TotalSeconds:0.0} s");

    private static string Escape(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
