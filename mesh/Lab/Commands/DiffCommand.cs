using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using Bookinfo.Mesh.Analysis.Diffing;
using Bookinfo.Mesh.Lab.Checking;
using Bookinfo.Mesh.Lab.Errors;
using Bookinfo.Mesh.Lab.Testing;

namespace Bookinfo.Mesh.Lab.Commands;

/// <summary><c>diff OLD NEW</c>: what a change of rules does, request by request.</summary>
internal static class DiffCommand
{
    private static readonly JsonSerializerOptions Json = new(CheckJson.Options) { Converters = { new JsonStringEnumConverter() } };

    public static Command Create(TextWriter output, TextWriter error)
    {
        var old = new Argument<string>("OLD") { Description = "a file or folder with the rules before" };
        var @new = new Argument<string>("NEW") { Description = "a file or folder with the rules after" };
        var recursive = new Option<bool>("--recursive", "-R") { Description = "read the folders within folders too" };
        var space = SharedOptions.Namespace();
        var noBase = SharedOptions.NoBase();
        var channel = SharedOptions.GatewayApi();
        var format = new Option<string>("--output", "-o")
        {
            Description = "text, markdown or json",
            HelpName = "FORMAT",
            DefaultValueFactory = _ => "text",
        };
        format.AcceptOnlyFromAmong("text", "markdown", "json");
        var command = new Command("diff", "Say what a change of rules does to requests.")
        {
            old, @new, recursive, space, noBase, channel, format,
        };
        command.SetAction(parsed =>
        {
            var cluster = new KnownCluster(parsed.GetRequiredValue(space), !parsed.GetValue(noBase), parsed.GetValue(recursive),
                parsed.GetValue(channel));
            var before = cluster.Read([parsed.GetRequiredValue(old)]);
            var after = cluster.Read([parsed.GetRequiredValue(@new)]);
            if (before.Tell(error) | after.Tell(error))
            {
                return ExitCodes.Failed;
            }

            var differences = RuleDiff.Compare(KnownCluster.Join(before, after), before.Rules, after.Rules);
            switch (parsed.GetRequiredValue(format))
            {
                case "json":
                    output.WriteLine(JsonSerializer.Serialize(differences, Json));
                    break;
                case "markdown":
                    DiffMarkdown.Write(differences, output);
                    break;
                default:
                    DiffText.Write(differences, output);
                    break;
            }

            return differences.AreEquivalent ? ExitCodes.Ok : ExitCodes.Failed;
        });
        return command;
    }
}
