using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace Bookinfo.Tests.AppHost;

/// <summary>The AppHost started for real, with Aspire's orchestrator and dashboard, on ports of its own.</summary>
public sealed class StartTests
{
    // Ten processes start on machines that do other things too.
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task Start_WholeSystem_ServesThePageObeysCommandsShowsTracesAndLeavesNothingBehind()
    {
        Assert.SkipUnless(HasOrchestrator(), "Aspire's orchestrator (dcp) is not in the packages of this machine.");
        var ports = PortRange.Find();
        List<int> processes;
        await using (var system = await RunningSystem.StartAsync(ports, Timeout))
        {
            Assert.Contains("The Comedy of Errors", await system.GetAsync(system.Gateway, "/productpage"), StringComparison.Ordinal);
            Assert.Contains("reviews-v3", await system.GetAsync(system.Console, "/api/topology"), StringComparison.Ordinal);

            var refused = await system.ShiftAsync("reviews-v3", percent: 0);
            Assert.False(refused.Success);
            var shifted = await system.ShiftAsync("reviews-v3", percent: 100);
            Assert.Equal((true, "reviews: v3 100 %"), (shifted.Success, shifted.Message));
            Assert.Contains("reviews-v3", await system.GetAsync(system.Gateway, "/productpage"), StringComparison.Ordinal);

            string[] everyone = ["details-v1", "mesh", "productpage-v1", "ratings-v1", "reviews-v3"];
            await system.UntilTraceHasAsync(everyone);

            // What the mesh does is among the structured logs.
            Assert.True((await system.RunAsync("ratings-v1", "break")).Success);
            var logs = await system.UntilLogHasAsync(
                "Bookinfo.Mesh.Lab.Hosting.MeshHost", "The pod ratings-v1 is broken on purpose.",
                    "ratings:9080/ratings/0 503 - via_upstream");
            Assert.DoesNotContain("Proxying to", logs, StringComparison.Ordinal);
            Assert.True((await system.RunAsync("ratings-v1", "heal")).Success);

            // A mesh that restarts goes on with the rules that were in force.
            await system.RestartMeshAsync();
            Assert.Contains("subset: v3", await system.GetAsync(system.Console, "/api/rules"), StringComparison.Ordinal);
            Assert.True((await system.RunAsync("mesh", "reset-rules")).Success);
            Assert.DoesNotContain("reviews-v3", await system.GetAsync(system.Gateway, "/productpage"), StringComparison.Ordinal);

            processes = [.. system.Processes()];
            Assert.Equal(system.Programs.Count(), processes.Count);
        }

        Assert.All(ports.All, port => Assert.True(PortRange.IsFree(port), $"Port {port} is still in use."));
        Assert.All(processes, id => Assert.False(IsRunning(id), $"Process {id} is still running."));
    }

    private static bool IsRunning(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    // Where the AppHost will look for it, as its build wrote it down.
    private static bool HasOrchestrator() =>
        Assembly.Load("Bookinfo.AppHost").GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(one => one.Key == "dcpclipath") is
        {
            Value: { } path,
        }
        && File.Exists(path);
}

/// <summary>The system as it runs under the AppHost.</summary>
internal sealed class RunningSystem : IAsyncDisposable
{
    private readonly IDistributedApplicationTestingBuilder _builder;
    private readonly DistributedApplication _app;
    private readonly PortRange _ports;
    private readonly CancellationTokenSource _timeout;
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false });

    private RunningSystem(IDistributedApplicationTestingBuilder builder, DistributedApplication app, PortRange ports, TimeSpan timeout) =>
        (_builder, _app, _ports, _timeout) = (builder, app, ports, new CancellationTokenSource(timeout));

    public Uri Gateway => Url(0);

    public Uri Console => Url(1);

    public IEnumerable<ProjectResource> Programs =>
        _app.Services.GetRequiredService<DistributedApplicationModel>().Resources.OfType<ProjectResource>();

    private Uri Dashboard => Url(2);

    /// <summary>Starts it, and waits until every program is healthy.</summary>
    public static async Task<RunningSystem> StartAsync(PortRange ports, TimeSpan timeout)
    {
        string[] args =
        [
            "--database", "sqlite",
            "--Ports:Gateway", Port(0), "--Ports:Console", Port(1), "--Ports:Pods", Port(5), "--Ports:Outbound", Port(25),
            "--ASPNETCORE_URLS", $"http://localhost:{Port(2)}",
            "--ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL", $"http://localhost:{Port(3)}",
            "--ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL", $"http://localhost:{Port(4)}",
            "--DcpPublisher:RandomizePorts", "false",
        ];
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(args,
            (options, _) => options.DisableDashboard = false);
        var system = new RunningSystem(builder, await builder.BuildAsync(), ports, timeout);
        try
        {
            await system._app.StartAsync(system._timeout.Token);
            foreach (var program in system.Programs)
            {
                await system._app.ResourceNotifications.WaitForResourceHealthyAsync(program.Name, system._timeout.Token);
            }

            return system;
        }
        catch
        {
            await system.DisposeAsync();
            throw;
        }

        string Port(int number) => ports.All[number].ToString(CultureInfo.InvariantCulture);
    }

    public Task<string> GetAsync(Uri server, string path) => _client.GetStringAsync(new Uri(server, path), _timeout.Token);

    public Task<ExecuteCommandResult> ShiftAsync(string release, int percent) => RunAsync(release, "shift", ("percent", $"{percent}"));

    public Task<ExecuteCommandResult> RunAsync(string resource, string command, params (string Name, string Value)[] arguments) =>
        _app.ResourceCommands.ExecuteCommandAsync(resource, command, HostModel.Arguments(arguments), _timeout.Token);

    /// <summary>Restarts the mesh, and waits until it answers again.</summary>
    public async Task RestartMeshAsync()
    {
        await RunAsync("mesh", KnownResourceCommands.RestartCommand);
        while (true)
        {
            try
            {
                await GetAsync(Console, "/health");
                return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), _timeout.Token);
            }
        }
    }

    /// <summary>The processes of the programs, as the orchestrator tells of them.</summary>
    public IEnumerable<int> Processes() =>
        from program in Programs
        where _app.ResourceNotifications.TryGetCurrentState(program.Name, out _)
        let state = Current(program.Name)
        from property in state.Properties
        where property.Name == "executable.pid"
        select Convert.ToInt32(property.Value, CultureInfo.InvariantCulture);

    /// <summary>Loads pages until the dashboard's API has a trace with spans of all these resources.</summary>
    public async Task UntilTraceHasAsync(IReadOnlyCollection<string> resources)
    {
        while (!(await TracesAsync()).Any(resources.ToHashSet().IsSubsetOf))
        {
            await GetAsync(Gateway, "/productpage");
            await Task.Delay(TimeSpan.FromMilliseconds(500), _timeout.Token);
        }
    }

    /// <summary>Loads pages until the dashboard's API has log records with all these texts.</summary>
    public async Task<string> UntilLogHasAsync(params string[] texts)
    {
        while (true)
        {
            var logs = await ReadTelemetryAsync("logs");
            if (texts.All(text => logs.Contains(text, StringComparison.Ordinal)))
            {
                return logs;
            }

            await GetAsync(Gateway, "/productpage");
            await Task.Delay(TimeSpan.FromMilliseconds(500), _timeout.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        _timeout.Dispose();
        await _app.DisposeAsync();
        await _builder.DisposeAsync();
    }

    private CustomResourceSnapshot Current(string resource) =>
        _app.ResourceNotifications.TryGetCurrentState(resource, out var current) ? current.Snapshot
            : throw new InvalidOperationException($"{resource} has no state");

    /// <summary>The names of the resources of each trace, from OTLP's JSON.</summary>
    private async Task<IEnumerable<HashSet<string>>> TracesAsync()
    {
        using var json = JsonDocument.Parse(await ReadTelemetryAsync("traces"));
        var spans =
            from resource in json.RootElement.GetProperty("data").GetProperty("resourceSpans").EnumerateArray()
            let name = resource.GetProperty("resource").GetProperty("attributes").EnumerateArray()
                .First(attribute => attribute.GetProperty("key").GetString() == "service.name").GetProperty("value")
                    .GetProperty("stringValue").GetString()!
            from scope in resource.GetProperty("scopeSpans").EnumerateArray()
            from span in scope.GetProperty("spans").EnumerateArray()
            select (Trace: span.GetProperty("traceId").GetString(), Resource: name);
        return [.. spans.GroupBy(span => span.Trace, span => span.Resource, (_, names) => names.ToHashSet())];
    }

    private async Task<string> ReadTelemetryAsync(string signal)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Dashboard, $"/api/telemetry/{signal}"));
        request.Headers.Add("x-api-key", _app.Services.GetRequiredService<IConfiguration>()["AppHost:DashboardApiKey"]);
        using var answer = await _client.SendAsync(request, _timeout.Token);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadAsStringAsync(_timeout.Token);
    }

    private Uri Url(int number) => new($"http://localhost:{_ports.All[number]}");
}
