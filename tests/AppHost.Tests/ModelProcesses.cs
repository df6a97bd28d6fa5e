using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Bookinfo.Tests.AppHost;

/// <summary>
/// The programs of the model as processes of their own, with the arguments and the environment that the model gives them: what Aspire's orchestrator would
/// start, without it, on free ports.
/// </summary>
internal sealed class ModelProcesses : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly List<Process> _processes = [];

    private readonly TraceCollector _collector;

    private ModelProcesses(HostModel model, TraceCollector collector) => (Model, _collector) = (model, collector);

    public HostModel Model { get; }

    /// <summary>The services that took part in a trace, by its id.</summary>
    public IReadOnlyDictionary<string, ConcurrentDictionary<string, bool>> Traces => _collector.Traces;

    public HttpClient Client { get; } = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });

    public string Gateway => $"http://127.0.0.1:{HostModel.Port(Model.Mesh, "gateway")}";

    public string Console => $"http://127.0.0.1:{HostModel.Port(Model.Mesh, "console")}";

    public static async Task<ModelProcesses> StartAsync(params string[] args)
    {
        var ports = new Dictionary<EndpointAnnotation, int>();
        var model = await HostModel.BuildAsync(endpoint => ports.TryGetValue(endpoint, out var port) ? port : ports[endpoint] = FreePort(ports.Values), args);
        var processes = new ModelProcesses(model, await TraceCollector.StartAsync());
        try
        {
            foreach (var program in model.Programs)
            {
                await processes.StartAsync(program);
            }

            await processes.UntilReadyAsync();
            return processes;
        }
        catch
        {
            await processes.DisposeAsync();
            throw;
        }
    }

    /// <summary>The page of the book as a reader gets it.</summary>
    public Task<string> PageAsync() => Client.GetStringAsync(new Uri($"{Gateway}/productpage"));

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        foreach (var process in _processes)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
        }

        await _collector.DisposeAsync();
    }

    private async Task StartAsync(ProjectResource program)
    {
        var project = program.GetProjectMetadata().ProjectPath;
        var start = new ProcessStartInfo("dotnet", [Built(project), .. await ArgumentsAsync(program)]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in await Model.EnvironmentAsync(program))
        {
            start.Environment[name] = value;
        }

        // The orchestrator fills these two in.
        start.Environment["OTEL_SERVICE_NAME"] = program.Name;
        start.Environment.Remove("OTEL_RESOURCE_ATTRIBUTES");
        start.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = _collector.Url;
        start.Environment["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
        start.Environment["OTEL_BSP_SCHEDULE_DELAY"] = "200";
        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _processes.Add(process);
    }

    private async Task<IEnumerable<string>> ArgumentsAsync(ProjectResource program)
    {
        var context = Model.Services.GetRequiredService<DistributedApplicationExecutionContext>();
        return (await ExecutionConfigurationBuilder.Create(program).WithArgumentsConfig().BuildAsync(context)).Arguments.Select(argument => argument.Value);
    }

    /// <summary>The program as the build of the AppHost left it.</summary>
    private static string Built(string project)
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(Path.GetDirectoryName(project)!, "bin", here.Parent!.Name, here.Name, $"Bookinfo.{Name(project)}.dll");
    }

    private static string Name(string project) => Path.GetFileNameWithoutExtension(project) is "Lab" ? "Mesh.Lab" : Path.GetFileNameWithoutExtension(project);

    private async Task UntilReadyAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        foreach (var pod in Model.Pods)
        {
            var version = HostModel.Endpoint(pod, "http").Transport == "http2" ? HttpVersion.Version20 : HttpVersion.Version11;
            await UntilWellAsync($"http://127.0.0.1:{HostModel.Port(pod, "http")}/health/ready", version, patience.Token);
        }

        await UntilWellAsync($"{Console}/health", HttpVersion.Version11, patience.Token);
        await UntilWellAsync($"{Gateway}/productpage", HttpVersion.Version11, patience.Token);
    }

    private async Task UntilWellAsync(string url, Version version, CancellationToken patience)
    {
        while (true)
        {
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, url) { Version = version, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
                using var answer = await Client.SendAsync(request, patience);
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not there yet.
            }

            await Task.Delay(100, patience);
        }
    }

    // Below the ports that the system gives to outgoing calls: one of those could take a port before the program that it is meant for.
    private static int FreePort(ICollection<int> taken)
    {
        while (true)
        {
            var port = Random.Shared.Next(20_000, 32_000);
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            }
            catch (SocketException)
            {
                continue;
            }

            if (!taken.Contains(port))
            {
                return port;
            }
        }
    }
}
