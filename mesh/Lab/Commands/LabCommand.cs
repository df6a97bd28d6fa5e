using System.CommandLine;
using System.Diagnostics;
using System.Net;
using Bookinfo.Mesh.Lab.Errors;
using Bookinfo.Mesh.Lab.Hosting;
using Bookinfo.Mesh.Lab.Network;
using Bookinfo.Mesh.Proxy.Model;
using Bookinfo.Topology;

namespace Bookinfo.Mesh.Lab.Commands;

/// <summary>The command without a name: everything in one process, until it is stopped.</summary>
internal static class LabCommand
{
    public static RootCommand Create(TextWriter output, TextWriter error)
    {
        var gateway = SharedOptions.Listen("--gateway", "the gateway", LabOptions.DefaultGatewayPort);
        var console = SharedOptions.Listen("--console", "the console with its API", LabOptions.DefaultConsolePort);
        var kube = SharedOptions.Listen("--kube", "the Kubernetes API for kubectl, on loopback,", LabOptions.DefaultKubePort);
        kube.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && result.GetValueOrDefault<IPEndPoint>() is { } address && !IPAddress.IsLoopback(address.Address))
            {
                result.AddError(
                    $"--kube: {address} is not on loopback; the Kubernetes API is for this machine only, for example 127.0.0.1:8082");
            }
        });
        var noKube = new Option<bool>("--no-kube") { Description = "leave out the Kubernetes API" };
        var kubeconfig = new Option<string?>("--kubeconfig")
        {
            Description = "the file in which kubectl finds the Kubernetes API; otherwise one in a temporary folder",
            HelpName = "FILE",
        };
        var empty = new Option<bool>("--empty")
        {
            Description = "start without pods, Services and rules; kubectl apply brings them",
        };
        var rules = new Option<string[]>("--rules")
        {
            Description = "a file or folder of rules in place of the demo's own; repeatable; watched, and a change is applied",
            HelpName = "PATH",
        };
        var noBase = SharedOptions.NoBase();
        var channel = SharedOptions.GatewayApi();
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
            gateway, console, kube, noKube, kubeconfig, empty, rules, noBase, channel, space, with, hosts, accessLog, seed,
        };
        root.Validators.Add(result =>
        {
            if (result.GetValue(empty) && result.GetValue(noKube))
            {
                result.AddError("--empty: the pods come by the Kubernetes API; leave out --no-kube");
            }
            else if (result.GetValue(empty) && result.GetResult(with) is { Implicit: false })
            {
                result.AddError("--empty: no release runs at the start; leave out --with");
            }
        });
        root.SetAction((parsed, stop) => RunAsync(
            new LabOptions
            {
                Gateway = parsed.GetRequiredValue(gateway),
                Console = parsed.GetRequiredValue(console),
                Kube = parsed.GetValue(noKube) ? null : parsed.GetRequiredValue(kube),
                Kubeconfig = parsed.GetValue(kubeconfig),
                RulePaths = parsed.GetValue(rules) ?? [],
                WithBase = !parsed.GetValue(noBase),
                GatewayApi = parsed.GetValue(channel),
                IsEmpty = parsed.GetValue(empty),
                Namespace = parsed.GetValue(empty) && parsed.GetResult(space) is null or { Implicit: true }
                    ? LabOptions.EmptyNamespace : parsed.GetRequiredValue(space),
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
        PortCheck.Require(options.Kube, "Kubernetes API", "--kube");
        await using var lab = await LabHost.StartAsync(options, stop);
        using var process = Process.GetCurrentProcess();
        StartupReport.Write(output, options, lab, DateTime.Now - process.StartTime);
        await using var kube = await KubernetesHost.StartAsync(options, lab, output, stop);
        await Serving.UntilStoppedAsync(options.RulePaths, lab.Mesh, output, error, stop);
        return ExitCodes.Ok;
    }
}
