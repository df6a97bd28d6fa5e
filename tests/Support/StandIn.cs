using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Bookinfo.Tests.Support;

/// <summary>A service that answers as the test wants, over a real socket, and remembers what it was asked.</summary>
public sealed class StandIn : IAsyncDisposable
{
    private readonly WebApplication _app;

    private StandIn(WebApplication app, RequestDelegate answer) => (_app, Answer) = (app, answer);

    /// <summary>What it does with each request from now on.</summary>
    public RequestDelegate Answer { get; set; }

    /// <summary>Every request so far, in order of arrival.</summary>
    public ConcurrentQueue<SeenRequest> Requests { get; } = [];

    /// <summary>Where it listens, on 127.0.0.1.</summary>
    public int Port { get; private set; }

    /// <summary>Starts one on a free port.</summary>
    public static async Task<StandIn> StartAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var service = new StandIn(builder.Build(), answer);
        service._app.Run(context =>
        {
            service.Requests.Enqueue(SeenRequest.From(context.Request));
            return service.Answer(context);
        });
        await service._app.StartAsync();
        service.Port = new Uri(service._app.Urls.Single()).Port;
        return service;
    }

    /// <summary>
    /// The settings by which a service finds it under that name, for example <c>RATINGS_HOSTNAME</c> and <c>RATINGS_SERVICE_PORT</c>.
    /// </summary>
    public IReadOnlyList<KeyValuePair<string, string?>> As(string name) =>
    [
        new($"{name}_HOSTNAME", "127.0.0.1"),
        new($"{name}_SERVICE_PORT", Port.ToString(CultureInfo.InvariantCulture)),
    ];

    /// <summary>Waits until it was asked that often, for at most ten seconds of real time.</summary>
    /// <exception cref="TimeoutException">It was not.</exception>
    public Task WaitForRequestsAsync(int count) =>
        Eventually.HoldsAsync(() => Requests.Count >= count, $"asked {count} times", TimeSpan.FromSeconds(10));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // A caller that still waits for an answer must not hold up the end of the test.
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }
}

/// <summary>A request that a <see cref="StandIn"/> was sent.</summary>
/// <param name="Target">The path and query as they came over the wire.</param>
/// <param name="Headers">Its headers.</param>
public sealed record SeenRequest(string Target, IHeaderDictionary Headers)
{
    internal static SeenRequest From(HttpRequest request)
    {
        var headers = new HeaderDictionary();
        foreach (var (name, values) in request.Headers)
        {
            headers[name] = values;
        }

        return new(request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget, headers);
    }
}
