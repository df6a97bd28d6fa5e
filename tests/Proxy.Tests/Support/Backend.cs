using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Bookinfo.Tests.Proxy.Support;

/// <summary>A pod's own server on a free port. It counts its requests and answers with its name unless told otherwise.</summary>
internal sealed class Backend : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _requests;
    private int _connections;
    private int _openConnections;

    private Backend(WebApplication app, string name) => (_app, Name) = (app, name);

    public string Name { get; }

    public int Requests => Volatile.Read(ref _requests);

    /// <summary>Connections that callers opened, closed ones included.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Connections that are open now.</summary>
    public int OpenConnections => Volatile.Read(ref _openConnections);

    public IPEndPoint Address { get; private set; } = new(IPAddress.Loopback, 0);

    public RequestDelegate Handler { get; set; } = context => context.Response.WriteAsync(context.Request.Path);

    public static async Task<Backend> StartAsync(string name, RequestDelegate? handler = null,
        HttpProtocols protocols = HttpProtocols.Http1)
    {
        Backend? backend = null;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            options.Limits.MaxRequestBodySize = null;
            options.Listen(IPAddress.Loopback, 0, listener =>
            {
                listener.Protocols = protocols;
                listener.Use(next => connection => backend!.ServeAsync(connection, next));
            });
        });
        var app = builder.Build();
        backend = new Backend(app, name) { Handler = handler ?? (context => context.Response.WriteAsync(name)) };
        app.Run(context =>
        {
            Interlocked.Increment(ref backend._requests);
            return backend.Handler(context);
        });
        await app.StartAsync();
        backend.Address = IPEndPoint.Parse(new Uri(app.Urls.First()).Authority);
        return backend;
    }

    public async ValueTask DisposeAsync()
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await _app.StopAsync(timeout.Token);
        await _app.DisposeAsync();
    }

    private async Task ServeAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        Interlocked.Increment(ref _connections);
        Interlocked.Increment(ref _openConnections);
        try
        {
            await next(connection);
        }
        finally
        {
            Interlocked.Decrement(ref _openConnections);
        }
    }
}
