using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Bookinfo.Tests.AppHost;

/// <summary>
/// The AppHost's model, built and not started; its endpoints have the ports that they would get. It is not disposed: Aspire's test host
/// takes ten seconds to give up the end of an application that never began, and holds nothing but memory.
/// </summary>
internal sealed class HostModel
{
    private const string Otlp = "http://localhost:18889";
    private static readonly ConcurrentDictionary<string, Task<HostModel>> Built = [];
    private readonly DistributedApplication _app;

    private HostModel(DistributedApplication app)
    {
        _app = app;
        Resources = app.Services.GetRequiredService<DistributedApplicationModel>().Resources;
    }

    public IServiceProvider Services => _app.Services;

    public IEnumerable<IResource> Resources { get; }

    /// <summary>Everything that is a program of this repository: the mesh and the pods.</summary>
    public IReadOnlyList<ProjectResource> Programs => [.. Resources.OfType<ProjectResource>()];

    public ProjectResource Mesh => this["mesh"];

    public IReadOnlyList<ProjectResource> Pods => [.. Programs.Where(program => program != Mesh)];

    public ProjectResource this[string name] => Programs.Single(program => program.Name == name);

    /// <param name="args">The AppHost's command line; without a choice of database it is SQLite, whatever runs on this machine.</param>
    public static Task<HostModel> BuildAsync(params string[] args) =>
        Built.GetOrAdd(string.Join(' ', args), _ => BuildAsync(endpoint => endpoint.TargetPort!.Value, args));

    /// <param name="port">Which port an endpoint gets.</param>
    /// <param name="args">The AppHost's command line.</param>
    public static async Task<HostModel> BuildAsync(Func<EndpointAnnotation, int> port, params string[] args)
    {
        string[] all = [.. args.Contains("--database") ? [] : new[] { "--database", "sqlite" }, "--ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL",
            Otlp, .. args];
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(all);
        HoldStart.Before(builder.Services);
        var app = await builder.BuildAsync();
        var model = new HostModel(app);
        foreach (var endpoint in model.Resources.SelectMany(resource => resource.Annotations.OfType<EndpointAnnotation>()))
        {
            (endpoint.Port, endpoint.TargetPort) = (port(endpoint), port(endpoint));
            endpoint.AllocatedEndpoint = new AllocatedEndpoint(endpoint, "localhost", endpoint.Port.Value);
        }

        return model;
    }

    /// <summary>The environment with which a program is started.</summary>
    public async Task<IReadOnlyDictionary<string, string>> EnvironmentAsync(ProjectResource program)
    {
        var context = _app.Services.GetRequiredService<DistributedApplicationExecutionContext>();
        var configuration = await ExecutionConfigurationBuilder.Create(program).WithEnvironmentVariablesConfig().BuildAsync(context);
        return configuration.EnvironmentVariables.ToDictionary(variable => variable.Key, variable => variable.Value);
    }

    /// <summary>The entry of the mesh's configuration for a pod, by the name of its last part.</summary>
    public async Task<IReadOnlyDictionary<string, string>> MeshEntryAsync(string pod)
    {
        var environment = await EnvironmentAsync(Mesh);
        var prefix = environment.Single(variable => variable.Key.EndsWith("__NAME", StringComparison.Ordinal)
            && variable.Value == pod).Key[..^"NAME".Length];
        return environment.Where(variable => variable.Key.StartsWith(prefix, StringComparison.Ordinal))
            .ToDictionary(variable => variable.Key[prefix.Length..], variable => variable.Value);
    }

    /// <summary>Runs a command as the dashboard does.</summary>
    public Task<ExecuteCommandResult> RunAsync(string resource, string command, params (string Name, string Value)[] arguments) =>
        Command(resource, command).ExecuteCommand(new ExecuteCommandContext
        {
            Services = Services,
            ResourceName = resource,
            CancellationToken = TestContext.Current.CancellationToken,
            Logger = NullLogger.Instance,
            Arguments = Arguments(arguments),
        });

    public static InteractionInputCollection Arguments(params (string Name, string Value)[] arguments) =>
        new([.. arguments.Select(argument =>
            new InteractionInput { Name = argument.Name, Value = argument.Value, InputType = InputType.Number })]);

    public ResourceCommandAnnotation Command(string resource, string command) =>
        this[resource].Annotations.OfType<ResourceCommandAnnotation>().Single(annotation => annotation.Name == command);

    public static IEnumerable<string> WaitsFor(IResource resource) =>
        resource.Annotations.OfType<WaitAnnotation>().Select(wait => wait.Resource.Name);

    public static EndpointAnnotation Endpoint(IResource resource, string name) =>
        resource.Annotations.OfType<EndpointAnnotation>().Single(endpoint => endpoint.Name == name);

    public static string Port(IResource resource, string name) =>
        Endpoint(resource, name).Port!.Value.ToString(CultureInfo.InvariantCulture);

    /// <summary>
    /// A hosted service whose start does not end. The AppHost's own <c>Main</c> goes on to <c>Run()</c> once its application is built, and
    /// hosted services start one after another: with this one first, neither orchestrator nor dashboard nor program is ever started.
    /// </summary>
    private sealed class HoldStart : IHostedService
    {
        public static void Before(IServiceCollection services) =>
            services.Insert(0, ServiceDescriptor.Singleton<IHostedService, HoldStart>());

        public Task StartAsync(CancellationToken cancellationToken) => Task.Delay(Timeout.Infinite, cancellationToken);

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
