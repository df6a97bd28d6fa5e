using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Bookinfo.Tests.Support;

/// <summary>
/// One of the project's services on a free port, built as the Lab builds it: from an empty builder and settings in memory.
/// </summary>
public sealed class RunningService : IAsyncDisposable
{
    private readonly WebApplication _app;

    private RunningService(WebApplication app)
    {
        _app = app;
        Address = new Uri(app.Urls.Single());
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ActivityHeadersPropagator = null,
        };
        Client = new HttpClient(handler) { BaseAddress = Address };
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>Talks to it as a bare client: no cookies and no trace of its own, no redirects followed.</summary>
    public HttpClient Client { get; }

    /// <summary>What it is made of.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>Builds and starts a service.</summary>
    /// <param name="build">The service's composition.</param>
    /// <param name="settings">Its settings; where it listens need not be among them.</param>
    /// <param name="time">The clock it goes by, if not the system's.</param>
    /// <param name="services">Registers what takes the place of the service's own, for example a <see cref="Random"/>.</param>
    public static async Task<RunningService> StartAsync(
        Func<WebApplicationBuilder, WebApplication> build, IEnumerable<KeyValuePair<string, string?>> settings, TimeProvider? time = null,
        Action<IServiceCollection>? services = null)
    {
        ArgumentNullException.ThrowIfNull(build);
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore();
        builder.Configuration.AddInMemoryCollection([new("urls", "http://127.0.0.1:0"), .. settings]);
        if (time is not null)
        {
            builder.Services.AddSingleton(time);
        }

        services?.Invoke(builder.Services);
        var app = build(builder);
        await app.StartAsync();
        return new RunningService(app);
    }

    /// <summary>Stops it as SIGTERM does.</summary>
    public Task StopAsync() => _app.StopAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }
}
