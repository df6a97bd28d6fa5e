using System.CommandLine;
using Bookinfo.Mesh.Lab.Errors;
using Bookinfo.Mesh.Lab.Migrating;

namespace Bookinfo.Mesh.Lab.Commands;

/// <summary><c>migrate FILES...</c>: Istio's rules as resources of the Gateway API, with a proof.</summary>
internal static class MigrateCommand
{
    public static Command Create(TextWriter output, TextWriter error)
    {
        var files = new Argument<string[]>("FILES")
        {
            Description = "files and folders with VirtualServices, their DestinationRules and Gateways, or with Ingresses of ingress-nginx",
            Arity = ArgumentArity.OneOrMore,
        };
        var recursive = new Option<bool>("--recursive", "-R") { Description = "read the folders within folders too" };
        var space = SharedOptions.Namespace();
        var noBase = SharedOptions.NoBase();
        var channel = SharedOptions.GatewayApi();
        var pathPrefix = new Option<bool>("--path-prefix")
        {
            Description = "write prefixes as PathPrefix, which matches whole segments, and not as expressions, which match as before",
        };
        var folder = new Option<string?>("--output", "-o")
        {
            Description = "write into files of this folder; otherwise the resources go to standard output and the report to standard error",
            HelpName = "DIR",
        };
        var report = new Option<string>("--report")
        {
            Description = "the report's format: text, markdown (md) or json",
            HelpName = "FORMAT",
            DefaultValueFactory = _ => "text",
        };
        report.AcceptOnlyFromAmong("text", "markdown", "md", "json");
        var command = new Command("migrate", "Write rules as resources of the Gateway API.")
        {
            files, recursive, space, noBase, channel, pathPrefix, folder, report,
        };
        command.SetAction(parsed =>
        {
            var job = new MigrationJob(parsed.GetRequiredValue(files), parsed.GetRequiredValue(space), !parsed.GetValue(noBase),
                parsed.GetValue(recursive), parsed.GetValue(channel));
            if (job.Run(parsed.GetValue(pathPrefix), error) is not { } result)
            {
                return ExitCodes.Failed;
            }

            var format = parsed.GetRequiredValue(report);
            if (parsed.GetValue(folder) is { } directory)
            {
                MigrationOutput.WriteTo(directory, result);
                MigrationOutput.Report(result, format, output);
            }
            else
            {
                output.Write(MigrationOutput.Yaml(result));
                MigrationOutput.Report(result, format, error);
            }

            return result.IsComplete ? ExitCodes.Ok : ExitCodes.Failed;
        });
        return command;
    }
}
