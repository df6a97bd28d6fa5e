using System.Net;

namespace Bookinfo.Benchmarks.Servers;

/// <summary>The least that ASP.NET Core does for a request: what every service is compared with.</summary>
internal static class BareEndpoint
{
    /// <summary>Serves a short text on every path until it is killed.</summary>
    public static async Task ServeAsync(IPEndPoint address)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(address));
        var app = builder.Build();
        app.MapGet("{**path}", () => "Hello World!");
        await app.RunAsync();
    }
}
