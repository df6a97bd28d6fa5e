using System.Diagnostics;
using System.Net;
using Yarp.ReverseProxy.Forwarder;

namespace Bookinfo.Benchmarks.Servers;

/// <summary>YARP's forwarder and nothing around it: the mark that a mesh hop is held against.</summary>
internal static class BareYarp
{
    /// <summary>Forwards every request to the upstream until it is killed.</summary>
    public static async Task ServeAsync(IPEndPoint address, IPEndPoint upstream)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(address));
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
        app.Run(async context =>
            await forwarder.SendAsync(context, destination, client, ForwarderRequestConfig.Empty, HttpTransformer.Empty));
        await app.RunAsync();
    }
}
