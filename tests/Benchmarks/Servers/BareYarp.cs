using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Yarp.ReverseProxy.Forwarder;

namespace Bookinfo.Benchmarks.Servers;

/// <summary>YARP's forwarder and nothing around it: the mark that a mesh hop is held against.</summary>
internal static class BareYarp
{
    /// <summary>Forwards every request to the upstream until it is killed.</summary>
    /// <param name="address">Where it listens.</param>
    /// <param name="upstream">Where requests go.</param>
    /// <param name="http2">Whether both sides speak HTTP/2 by prior knowledge; otherwise HTTP/1.1.</param>
    public static async Task ServeAsync(IPEndPoint address, IPEndPoint upstream, bool http2 = false)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(address,
            listener => listener.Protocols = http2 ? HttpProtocols.Http2 : HttpProtocols.Http1));
        builder.Services.AddHttpForwarder();
        var app = builder.Build();
        var forwarder = app.Services.GetRequiredService<IHttpForwarder>();
        using var client = new HttpMessageInvoker(new SocketsHttpHandler
        {
            UseProxy = false,
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator(),
        });
        var destination = $"http://{upstream}";
        var config = http2 ? new ForwarderRequestConfig
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        }
        : ForwarderRequestConfig.Empty;
        app.Run(async context => await forwarder.SendAsync(context, destination, client, config, HttpTransformer.Empty));
        await app.RunAsync();
    }
}
