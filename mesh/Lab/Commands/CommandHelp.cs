using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Bookinfo.Mesh.Lab.Commands;

/// <summary>Ends the help of each command with its exit codes and with examples to type.</summary>
internal static class CommandHelp
{
    private const string Program = "bookinfo";

    private const string WrongUsage = "2    the command line is wrong, or names something that cannot be read";

    /// <summary>What the exit codes mean, by the command's name.</summary>
    private static readonly Dictionary<string, IReadOnlyList<string>> ExitCodes = new()
    {
        [""] = ["0    stopped by Ctrl+C or SIGTERM", "1    the Lab cannot start", WrongUsage],
        ["check"] = ["0    no problems, or only notes", "1    errors or warnings", WrongUsage],
        ["test"] = ["0    all cases pass", "1    a case fails, a test or a rule has an error, or coverage is too low", WrongUsage],
        ["diff"] = ["0    every request goes as before", "1    a request does not, it is undecided, or a rule has an error", WrongUsage],
        ["migrate"] = ["0    every request goes as before, and nothing is lost", "1    otherwise; the report says what", WrongUsage],
        ["canary"] =
        [
            "0    the new release has all the traffic", "1    it cannot start, or the file has errors", WrongUsage, "3    rolled back",
            "130  stopped before its end",
        ],
        ["resilience"] = ["0    the table is printed", "1    a Lab cannot start", WrongUsage],
        ["layers"] = ["0    the layers are printed", "1    a Lab cannot start", WrongUsage],
        ["explain"] = ["0    the explanation is printed", "1    no Lab answers, or a rule has an error", WrongUsage],
        ["mesh"] = ["0    stopped by Ctrl+C or SIGTERM", "1    the mesh cannot start", WrongUsage],
    };

    /// <summary>Command lines without the program's name, by the command's name; the empty name is the Lab itself.</summary>
    private static readonly Dictionary<string, IReadOnlyList<string>> Examples = new()
    {
        [""] =
        [
            "",
            "--gateway 9080 --console 9081",
            "--rules infra/rules/reviews-90-10.yaml --access-log",
            "--with ratings-v-faulty --with ratings-v-delayed",
        ],
        ["check"] = ["check infra/rules", "check my-rules.yaml --host shipping"],
        ["test"] =
        [
            "test infra/rules/tests",
            "test my-tests.yaml --rules my-rules.yaml --coverage 90",
            "test my-tests.yaml --rules my-rules --watch",
        ],
        ["diff"] = ["diff old-rules new-rules", "diff old.yaml new.yaml --output markdown"],
        ["migrate"] =
        [
            "migrate my-rules.yaml",
            "migrate my-rules --output gateway-api --report markdown",
            "migrate infra/rules/gateway.yaml --path-prefix",
            "migrate my-ingresses.yaml --no-base",
        ],
        ["canary"] =
        [
            "canary",
            "canary --break-at 50",
            "canary --service ratings --to v-faulty --steps 5,50,100 --max-error-rate 1%",
            "canary --rollout infra/rules/rollouts/reviews-quick.yaml --break-at 25",
            "canary --rollout infra/rules/rollouts/reviews.yaml --simulate 10000 --error-rate 5%",
        ],
        ["resilience"] = ["resilience"],
        ["layers"] = ["layers", "layers --requests 100", "layers --kubeconfig /tmp/bookinfo/config"],
        ["explain"] =
        [
            "explain GET http://reviews:9080/reviews/0 --from productpage",
            "explain GET /productpage --from gateway",
            "explain GET reviews:9080/reviews/0 --from productpage -H \"end-user: jason\" --rules infra/rules/reviews-jason-v2.yaml",
        ],
        ["mesh"] = ["mesh --config mesh.json"],
    };

    /// <summary>Adds exit codes and examples to the help of a root command and of the commands below it.</summary>
    /// <param name="root">The root command.</param>
    public static void AddTo(RootCommand root)
    {
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new ExtendedHelp((HelpAction)help.Action!, root);
    }

    private sealed class ExtendedHelp(HelpAction help, RootCommand root) : SynchronousCommandLineAction
    {
        // As HelpAction itself does: the help of a command is there although its required options are not.
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            var code = help.Invoke(parseResult);
            var output = parseResult.InvocationConfiguration.Output;
            var command = parseResult.CommandResult.Command;
            var name = command == root ? "" : command.Name;
            output.WriteLine("Exit codes:");
            foreach (var line in ExitCodes[name])
            {
                output.WriteLine($"  {line}");
            }

            output.WriteLine();
            output.WriteLine("Examples:");
            foreach (var example in Examples[name])
            {
                output.WriteLine($"  {Program} {example}".TrimEnd());
            }

            output.WriteLine();
            output.WriteLine($"In the repository, type 'dotnet run --project mesh/Lab --' for '{Program}'.");
            return code;
        }
    }
}
