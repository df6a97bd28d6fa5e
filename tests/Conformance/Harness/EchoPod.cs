using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Bookinfo.Mesh.Proxy.Model;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Bookinfo.Tests.Conformance.Harness;

/// <summary>A pod that answers with what it saw and who it is, over a real socket. A test may make it behave otherwise.</summary>
public sealed class EchoPod : IAsyncDisposable
{
    private const string AnswerPrefix = "x-answer-";

    private readonly WebApplication _server;

    private EchoPod(string name, Workload workload, WebApplication server)
    {
        Name = name;
        Workload = workload;
        _server = server;
    }

    public string Name { get; }

    public Workload Workload { get; }

    public IPEndPoint Address { get; private set; } = new(IPAddress.Loopback, 0);

    /// <summary>Every request so far, mirrored ones and tries that failed included.</summary>
    public ConcurrentQueue<Echo> Seen { get; } = [];

    /// <summary>Answers in the pod's place until it is set back to null.</summary>
    public Func<HttpContext, Echo, Task>? Instead { get; set; }

    public static async Task<EchoPod> StartAsync(string name, Workload workload, bool http2)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = http2 ? HttpProtocols.Http2 : HttpProtocols.Http1);
        });
        var pod = new EchoPod(name, workload, builder.Build());
        pod._server.Run(pod.AnswerAsync);
        await pod._server.StartAsync();
        var addresses = pod._server.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>();
        pod.Address = new IPEndPoint(IPAddress.Loopback, new Uri(addresses.Addresses.Single()).Port);
        return pod;
    }

    /// <summary>Forgets what it saw and behaves again.</summary>
    public void Reset()
    {
        Instead = null;
        Seen.Clear();
    }

    /// <summary>Answers every request with that status from now on.</summary>
    public void Fail(int status) => Instead = (context, _) =>
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    };

    /// <summary>Keeps every answer back until the result is set, or the caller goes.</summary>
    public TaskCompletionSource Hold()
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Instead = async (context, echo) =>
        {
            await release.Task.WaitAsync(context.RequestAborted);
            await RespondAsync(context, echo);
        };
        return release;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    /// <summary>
    /// One line <c>a, b</c> and two lines <c>a</c> and <c>b</c> mean the same (RFC 9110, 5.3) and look the same here: <c>a,b</c>.
    /// </summary>
    internal static string Join(params IEnumerable<string?> values) =>
        string.Join(',', string.Join(',', values).Split(',', StringSplitOptions.TrimEntries));

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var request = context.Request;
        var echo = new Echo(
            Name,
            Workload.Name,
            request.Method,
            context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget,
            request.Host.Value ?? "",
            request.Protocol,
            request.Headers.Where(header => header.Key != "Host").ToDictionary(header => header.Key.ToLowerInvariant(),
                header => Join(header.Value)),
            await reader.ReadToEndAsync());
        Seen.Enqueue(echo);
        await (Instead ?? RespondAsync)(context, echo);
    }

    /// <summary>
    /// The pod's ordinary answer: 200, the echo as JSON, and a response header for each request header <c>x-answer-NAME</c>.
    /// </summary>
    public static Task RespondAsync(HttpContext context, Echo echo)
    {
        context.Response.ContentType = "application/json";
        foreach (var (name, value) in echo.Headers.Where(header => header.Key.StartsWith(AnswerPrefix, StringComparison.Ordinal)))
        {
            context.Response.Headers[name[AnswerPrefix.Length..]] = value;
        }

        return context.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(echo)).AsTask();
    }
}
