using System.CommandLine;
using System.Diagnostics;
using Bookinfo.Mesh.Lab.Errors;
using Bookinfo.Mesh.Lab.Hosting;
using Bookinfo.Mesh.Lab.Network;
using Bookinfo.Mesh.Proxy.Listeners;
using Bookinfo.Topology;

namespace Bookinfo.Mesh.Lab.Commands;

/// <summary>The command without a name: everything in one process, until it is stopped.</summary>
internal static class LabCommand
{
    public static RootCommand Create(TextWriter output, TextWriter error)
    {
        var gateway = SharedOptions.Listen("--gateway", "the gateway", LabOptions.DefaultGatewayPort);
        var console = SharedOptions.Listen("--console", "the console with its API", LabOptions.DefaultConsolePort);
        var rules = new Option<string[]>("--rules")
        {
            Description = "a file or folder of rules in place of the demo's own; repeatable; watched, and a change is applied",
            HelpName = "PATH",
        };
        var noBase = SharedOptions.NoBase();
        var space = SharedOptions.Namespace();
        var with = new Option<string[]>("--with")
        {
            Description = "a release that does not run by itself, such as ratings-v-faulty; repeatable",
            HelpName = "RELEASE",
        };
        var hosts = new Option<string[]>("--allow-host")
        {
            Description = "a name by which browsers may call the console, beside localhost; repeatable",
            HelpName = "NAME",
        };
        var accessLog = new Option<bool>("--access-log") { Description = "print the mesh's access log, in Envoy's format" };
        var seed = SharedOptions.Seed();
        var root = new RootCommand("Bookinfo on .NET: the services, a mesh that follows Istio's rules, and its console, in one process.")
        {
            gateway, console, rules, noBase, space, with, hosts, accessLog, seed,
        };
        root.SetAction((parsed, stop) => RunAsync(
            new LabOptions
            {
                Gateway = parsed.GetRequiredValue(gateway),
                Console = parsed.GetRequiredValue(console),
                RulePaths = parsed.GetValue(rules) ?? [],
                WithBase = !parsed.GetValue(noBase),
                Namespace = parsed.GetRequiredValue(space),
                Optional = parsed.GetValue(with) ?? [],
                AllowedHosts = parsed.GetValue(hosts) ?? [],
                Randomness = SharedOptions.ToRandomness(parsed.GetValue(seed)),
                AccessLog = parsed.GetValue(accessLog) ? output : null,
                Log = error,
            },
            output,
            error,
            stop));
        return root;
    }

    private static async Task<int> RunAsync(LabOptions options, TextWriter output, TextWriter error, CancellationToken stop)
    {
        string[] releases = [.. BookinfoSystem.Topology.Services.SelectMany(service => service.Releases.Select(service.WorkloadName))];
        foreach (var workload in options.Optional)
        {
            SharedOptions.RequireName("--with", workload, "release", releases);
        }

        OpenFileCheck.Require(OpenFiles.OfThisProcess);
        PortCheck.Require(options.Gateway, "gateway", "--gateway");
        PortCheck.Require(options.Console, "console", "--console");
        await using var lab = await LabHost.StartAsync(options, stop);
        using var process = Process.GetCurrentProcess();
        StartupReport.Write(output, options, lab, DateTime.Now - process.StartTime);
        await Serving.UntilStoppedAsync(options.RulePaths, lab.Mesh.Rules, output, error, stop);
        return ExitCodes.Ok;
    }
}
