using System.CommandLine;
using System.Net;
using Bookinfo.Mesh.Lab.Errors;
using Bookinfo.Mesh.Lab.Hosting;
using Bookinfo.Mesh.Lab.Network;
using Bookinfo.Mesh.Proxy.Listeners;
using Bookinfo.Mesh.Proxy.Model;
using Bookinfo.Topology;
using Microsoft.Extensions.Configuration;

namespace Bookinfo.Mesh.Lab.Commands;

/// <summary><c>mesh</c>: only the mesh and its console, for pods in other processes.</summary>
internal static class MeshCommand
{
    public static Command Create(TextWriter output, TextWriter error)
    {
        var config = new Option<string?>("--config")
        {
            Description = "a JSON file with the section Mesh; environment variables such as MESH__PODS__0__ADDRESS override it",
            HelpName = "FILE",
        };
        var command = new Command("mesh", "Run only the mesh and its console, for pods elsewhere.")
        {
            config,
        };
        command.SetAction((parsed, stop) => RunAsync(parsed.GetValue(config), output, error, stop));
        return command;
    }

    private static async Task<int> RunAsync(string? file, TextWriter output, TextWriter error, CancellationToken stop)
    {
        SocketSettings.HandleOnEventThreads();
        var configuration = Configuration(file);
        var setup = new MeshConfiguration(configuration, BookinfoSystem.Topology).Read(output, error);
        if (setup.Pods.Count == 0)
        {
            throw new UserErrorException(
                "The mesh has no pods. Name them in the configuration: Mesh:Pods:0:Service, Version and Address in --config FILE, or "
                + "MESH__PODS__0__SERVICE and so on.", ExitCodes.Usage);
        }

        OpenFileCheck.Require(OpenFiles.OfThisProcess);
        PortCheck.Require(setup.Gateway, "gateway", "Mesh:Gateway");
        PortCheck.Require(setup.Console, "console", "Mesh:Console");
        using var telemetry = MeshTelemetry.Start(configuration, error);
        await using var mesh = await MeshHost.StartAsync(setup with { Logging = telemetry?.Logging }, stop);
        await output.WriteLineAsync(
            $"The mesh is up for {setup.Pods.Count} pods; gateway {Url(mesh.Gateway)}, "
            + $"console {ConsoleLink.Of(mesh.Console, mesh.ConsoleToken)}.");
        await Serving.UntilStoppedAsync(setup.RulePaths, mesh, output, error, stop);
        return ExitCodes.Ok;
    }

    private static string Url(IPEndPoint? address) => address is null ? "none" : ListenAddress.ToUrl(address);

    private static IConfigurationRoot Configuration(string? file)
    {
        var builder = new ConfigurationBuilder();
        try
        {
            if (file is not null)
            {
                builder.AddJsonFile(Path.GetFullPath(file));
            }

            return builder.AddEnvironmentVariables().Build();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or InvalidDataException)
        {
            throw new UserErrorException(
                e is FileNotFoundException ? $"--config: there is no file {file}."
                    : $"--config: {file} cannot be read: {(e.InnerException ?? e).Message}",
                ExitCodes.Usage);
        }
    }
}
