using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Bookinfo.ServiceDefaults.Hosting;

internal static class Listening
{
    // Bytes. The longest body that any service takes is a handful of ratings.
    private const long LongestBody = 1024 * 1024;

    private static readonly string[] AddressKeys = [WebHostDefaults.ServerUrlsKey, WebHostDefaults.HttpPortsKey, WebHostDefaults.HttpsPortsKey];

    // Loopback unless told otherwise: a sample that listens on every interface of a laptop is a surprise.
    public static void ConfigureListening(this IWebHostBuilder host, IConfiguration configuration)
    {
        var told = AddressKeys.Any(key => configuration.TextOrNull(key) is not null) || configuration.GetSection("Kestrel:Endpoints").GetChildren().Any();
        if (!told)
        {
            host.UseSetting(WebHostDefaults.ServerUrlsKey, ServiceDefaultsExtensions.DefaultUrl);
        }

        host.ConfigureServices(services => services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LongestBody;
        }));
    }

    // A line per request costs more than the request itself. Where the settings name these categories, they decide.
    public static void QuietRequests(this ILoggingBuilder logging, IConfiguration configuration)
    {
        Filter("Microsoft.AspNetCore", LogLevel.Warning);

        // Below, with any level on, the host makes an Activity for every request only to print it.
        Filter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);

        void Filter(string category, LogLevel level)
        {
            if (configuration.TextOrNull($"Logging:LogLevel:{category}") is null)
            {
                logging.AddFilter(category, level);
            }
        }
    }
}
