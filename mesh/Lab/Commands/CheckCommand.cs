using System.CommandLine;
using Bookinfo.Mesh.Lab.Checking;
using Bookinfo.Mesh.Lab.Errors;

namespace Bookinfo.Mesh.Lab.Commands;

/// <summary>
/// <c>check PATH...</c>: reads rules without starting anything and says what is wrong with them, for people, editors and CI.
/// </summary>
internal static class CheckCommand
{
    public static Command Create(TextWriter output)
    {
        var paths = new Argument<string[]>("PATH")
        {
            Description = "files and folders of rules; - is standard input",
            Arity = ArgumentArity.OneOrMore,
        };
        var recursive = new Option<bool>("--recursive", "-R") { Description = "read the folders within folders too" };
        var hosts = new Option<string[]>("--host")
        {
            Description = "a host that is served beside the sample's own, in any form of name; repeatable",
            HelpName = "NAME",
        };
        var gateways = new Option<string[]>("--gateway")
        {
            Description = "a Gateway that exists beside those in the files, as NAME or NAMESPACE/NAME; repeatable",
            HelpName = "NAME",
        };
        var space = SharedOptions.Namespace();
        var format = new Option<string>("--output", "-o")
        {
            Description = "text, json or sarif (SARIF 2.1.0)",
            HelpName = "FORMAT",
            DefaultValueFactory = _ => "text",
        };
        format.AcceptOnlyFromAmong("text", "json", "sarif");
        var noBase = SharedOptions.NoBase();
        var channel = SharedOptions.GatewayApi();
        var command = new Command("check", "Say what is wrong with rules.")
        {
            paths, recursive, hosts, gateways, space, format, noBase, channel,
        };
        command.SetAction(parsed => Run(
            new CheckRequest
            {
                Paths = parsed.GetRequiredValue(paths),
                Recursive = parsed.GetValue(recursive),
                Namespace = parsed.GetRequiredValue(space),
                Hosts = parsed.GetValue(hosts) ?? [],
                Gateways = parsed.GetValue(gateways) ?? [],
                WithBase = !parsed.GetValue(noBase),
                GatewayApi = parsed.GetValue(channel),
            },
            parsed.GetRequiredValue(format),
            output));
        return command;
    }

    private static int Run(CheckRequest request, string format, TextWriter output)
    {
        var result = RuleCheck.Run(request);
        Action<CheckResult, TextWriter> write =
            format switch { "json" => CheckJson.Write, "sarif" => CheckSarif.Write, _ => CheckText.Write };
        write(result, output);
        return result.HasFailed ? ExitCodes.Failed : ExitCodes.Ok;
    }
}
