using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Bookinfo.Mesh.TrafficConsole.Api;
using Bookinfo.Mesh.TrafficConsole.Canary;
using Bookinfo.Mesh.TrafficConsole.Faults;
using Bookinfo.Mesh.TrafficConsole.Guard;
using Bookinfo.Mesh.TrafficConsole.Live;
using Bookinfo.Mesh.TrafficConsole.Load;
using Bookinfo.Mesh.TrafficConsole.Model;
using Bookinfo.Mesh.TrafficConsole.Page;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Bookinfo.Mesh.TrafficConsole;

/// <summary>The console of a mesh: the API that shows and changes what it does, and the page on top of it.</summary>
public sealed class ConsoleServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ConsoleServer(WebApplication app, IPEndPoint address, string? token) => (_app, Address, Token) = (app, address, token);

    /// <summary>Where it listens; with the port it got, where it was asked for any.</summary>
    public IPEndPoint Address { get; }

    /// <summary>What requests must carry, as a bearer or from the link <c>/?token=TOKEN</c>; null where they need nothing.</summary>
    public string? Token { get; }

    /// <summary>Runs canaries, for the console and for others.</summary>
    public CanaryRunner Canaries => _app.Services.GetRequiredService<CanaryRunner>();

    /// <summary>Starts a console.</summary>
    /// <param name="options">What it shows, and where.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="IOException">It cannot listen there.</exception>
    public static async Task<ConsoleServer> StartAsync(ConsoleOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        var token = options.Token ?? (IPAddress.IsLoopback(options.Address.Address) ? null : NewToken());
        var app = Build(options, token);
        try
        {
            await app.StartAsync(cancellation);
            var port = new Uri(app.Urls.Single()).Port;
            return new ConsoleServer(app, new IPEndPoint(options.Address.Address, port), token);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops it.</summary>
    public async ValueTask DisposeAsync()
    {
        // The page keeps connections open; nothing of it is worth waiting for.
        using var now = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    // 128 bits, in characters that a URL, a header and a shell take as they are.
    private static string NewToken() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    private static WebApplication Build(ConsoleOptions options, string? token)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Configure(kestrel, options));
        builder.Services.AddRoutingCore();
        builder.Services.ConfigureHttpJsonOptions(json => Configure(json.SerializerOptions));

        // BadRequests answers with what is wrong; without this the status comes without a word.
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        builder.Services.AddSingleton<IHostLifetime, HostedLifetime>();
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(options.Mesh);
        builder.Services.AddSingleton(options.Rules);
        builder.Services.AddSingleton(options.Time);
        builder.Services.AddSingleton(options.Services);
        builder.Services.AddSingleton<PodFaults>();
        builder.Services.AddSingleton<LoadGenerator>();
        builder.Services.AddSingleton(services => new CanaryRunner(
            options.Mesh, options.Rules, services.GetRequiredService<PodFaults>(), options.Replicas, options.Time));
        builder.Services.AddSingleton<StateReader>();
        builder.Services.AddSingleton<StateFeed>();
        var app = builder.Build();
        var hosts = new AllowedHosts(options.AllowedHosts);
        app.Use(next => new RequestGuard(next, hosts).InvokeAsync);
        if (token is not null)
        {
            app.Use(next => new TokenGuard(next, token).InvokeAsync);
        }

        app.Use(next => new BadRequests(next).InvokeAsync);
        app.MapConsoleApi();
        app.MapConsolePage(options);
        return app;
    }

    /// <summary>A body is read as it is written: nothing unknown, nothing twice, no null and no text where a number belongs.</summary>
    private static void Configure(JsonSerializerOptions json)
    {
        json.TypeInfoResolverChain.Insert(0, ConsoleJson.Default);
        json.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        json.RespectNullableAnnotations = true;
        json.RespectRequiredConstructorParameters = true;
        json.NumberHandling = JsonNumberHandling.Strict;
        json.AllowDuplicateProperties = false;
    }

    private static void Configure(KestrelServerOptions kestrel, ConsoleOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = RuleBody.Longest;
        kestrel.Listen(options.Address);
    }

    /// <summary>The host of the console says when it stops, not a signal.</summary>
    private sealed class HostedLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
