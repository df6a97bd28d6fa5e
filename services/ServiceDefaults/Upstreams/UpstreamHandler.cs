using System.Text;
using Bookinfo.ServiceDefaults.Http;
using Bookinfo.ServiceDefaults.Telemetry;
using Microsoft.Extensions.Configuration;

namespace Bookinfo.ServiceDefaults.Upstreams;

internal static class UpstreamHandler
{
    // Long enough to keep connections, short enough to follow DNS when a service moves.
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2);

    public static SocketsHttpHandler Create(UpstreamOptions options, IConfiguration configuration, bool hasTelemetry)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            PooledConnectionLifetime = ConnectionLifetime,

            // Kestrel reads header values as UTF-8; what is passed on must leave as it came.
            RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8,
            ActivityHeadersPropagator = hasTelemetry ? TracePropagator.Instance : null,
        };

        // An outbound listener speaks plain HTTP; a sidecar, too, lets TLS of the application's own through untouched.
        if (MeshDialer.Read(configuration) is { } outbound && options.Address.Scheme == Uri.UriSchemeHttp)
        {
            handler.ConnectCallback = MeshDialer.Dial(outbound);
        }

        return handler;
    }
}
