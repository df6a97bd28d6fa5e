using System.Net;
using Bookinfo.Benchmarks.Load;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Bookinfo.Benchmarks.Servers;

/// <summary>The least that ASP.NET Core does for a request: what every service is compared with.</summary>
internal static class BareEndpoint
{
    /// <summary>The length of what a POST is answered with.</summary>
    public const int BodyBytes = 64 * 1024;

    /// <summary>
    /// Serves a short text on every path until it is killed; a POST is read and answered with <see cref="BodyBytes"/> bytes.
    /// </summary>
    public static async Task ServeAsync(IPEndPoint address)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(address));
        var app = builder.Build();
        app.MapGet("{**path}", () => "Hello World!");
        var body = new byte[BodyBytes];
        app.MapPost("{**path}", async (HttpContext context) =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null);
            context.Response.ContentLength = body.Length;
            await context.Response.Body.WriteAsync(body);
        });
        await app.RunAsync();
    }

    /// <summary>Answers every gRPC call with an empty message, by HTTP/2, until it is killed.</summary>
    public static async Task ServeGrpcAsync(IPEndPoint address)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(address, listener => listener.Protocols = HttpProtocols.Http2));
        var app = builder.Build();
        app.Run(async context =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null);
            context.Response.ContentType = "application/grpc";
            await context.Response.Body.WriteAsync(GrpcLoad.EmptyMessage);
            context.Response.AppendTrailer("grpc-status", "0");
        });
        await app.RunAsync();
    }
}
