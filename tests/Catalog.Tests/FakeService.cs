using System.Collections.Concurrent;
using System.Net;

namespace Bookinfo.Tests.Catalog;

/// <summary>A service behind the catalog that answers as the test wants, over a real socket.</summary>
internal sealed class FakeService : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FakeService(WebApplication app, RequestDelegate answer)
    {
        _app = app;
        Answer = answer;
    }

    /// <summary>What it does with each request from now on.</summary>
    public RequestDelegate Answer { get; set; }

    /// <summary>The headers of every request so far, in order of arrival.</summary>
    public ConcurrentQueue<HeaderDictionary> Requests { get; } = [];

    public int Port { get; private set; }

    public static async Task<FakeService> StartAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var service = new FakeService(builder.Build(), answer);
        service._app.Run(context =>
        {
            var headers = new HeaderDictionary();
            foreach (var (name, values) in context.Request.Headers)
            {
                headers[name] = values;
            }

            service.Requests.Enqueue(headers);
            return service.Answer(context);
        });
        await service._app.StartAsync();
        service.Port = new Uri(service._app.Urls.Single()).Port;
        return service;
    }

    public static Task<FakeService> StartAsync(string json) => StartAsync(Json(json));

    /// <summary>200 with that body.</summary>
    public static RequestDelegate Json(string json) => context =>
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(json);
    };

    /// <summary>That status without a body.</summary>
    public static RequestDelegate Status(int status) => context =>
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    };

    /// <summary>No answer for as long as the caller waits; <paramref name="gone"/> learns when it stopped waiting.</summary>
    public static RequestDelegate Silence(TaskCompletionSource? gone = null) => async context =>
    {
        try
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            gone?.TrySetResult();
        }
    };

    /// <summary>The same, after the first byte.</summary>
    public static async Task SilenceInTheBody(HttpContext context)
    {
        await context.Response.WriteAsync("{");
        await context.Response.Body.FlushAsync();
        await Silence()(context);
    }

    public static Task BreakOff(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }

    public static async Task BreakOffInTheBody(HttpContext context)
    {
        context.Response.ContentLength = 1000;
        await context.Response.WriteAsync("{");
        await context.Response.Body.FlushAsync();
        context.Abort();
    }

    /// <summary>White space until the caller has had enough.</summary>
    public static async Task Endless(HttpContext context)
    {
        var chunk = new byte[64 * 1024];
        chunk.AsSpan().Fill((byte)' ');
        while (!context.RequestAborted.IsCancellationRequested)
        {
            await context.Response.Body.WriteAsync(chunk, context.RequestAborted);
        }
    }

    public async ValueTask DisposeAsync()
    {
        // Whoever still waits for an answer must not hold up the end of the test.
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }
}
