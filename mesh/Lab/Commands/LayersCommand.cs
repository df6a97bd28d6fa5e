using System.CommandLine;
using System.Net;
using Bookinfo.Mesh.Lab.Errors;
using Bookinfo.Mesh.Lab.Hosting;
using Bookinfo.Mesh.Lab.Layers;

namespace Bookinfo.Mesh.Lab.Commands;

/// <summary><c>layers</c>: who answers at a pod's address, a ClusterIP, a NodePort, an Ingress and the gateway, and why.</summary>
internal static class LayersCommand
{
    private const int MostRequests = 10_000;

    public static Command Create(TextWriter output, TextWriter error)
    {
        var kubeconfig = new Option<string?>("--kubeconfig")
        {
            Description = "the kubeconfig of a Lab that runs, as its start printed it; otherwise a Lab is started for it",
            HelpName = "FILE",
        };
        var requests = SharedOptions.Whole("--requests", "how many calls at each layer", otherwise: 20);
        requests.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > MostRequests)
            {
                result.AddError($"--requests: a number from 1 to {MostRequests} is needed");
            }
        });
        var command = new Command("layers", "Show who answers at each layer of the network.")
        {
            kubeconfig, requests,
        };
        command.SetAction(async (parsed, stop) =>
        {
            var count = parsed.GetRequiredValue(requests);
            if (parsed.GetValue(kubeconfig) is { } file)
            {
                return await RunAsync(file, count, output, stop);
            }

            var any = new IPEndPoint(IPAddress.Loopback, 0);
            var options = new LabOptions { Gateway = any, Kube = any, Log = error };
            await using var lab = await LabHost.StartAsync(options, stop);
            await using var kube = await KubernetesHost.StartAsync(options, lab, TextWriter.Null, stop);
            return await RunAsync(kube!.Kubeconfig, count, output, stop);
        });
        return command;
    }

    private static async Task<int> RunAsync(string kubeconfig, int requests, TextWriter output, CancellationToken stop)
    {
        await output.WriteLineAsync(LayersReport.Begin(requests));
        await foreach (var result in new LayersRun(kubeconfig, requests).RunAsync(stop))
        {
            foreach (var line in LayersReport.Write(result))
            {
                await output.WriteLineAsync(line);
            }
        }

        return ExitCodes.Ok;
    }
}
