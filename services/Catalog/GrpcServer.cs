using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Bookinfo.Catalog;

/// <summary>gRPC over plain HTTP/2, with reflection and the standard health service (<c>grpc.health.v1.Health</c>).</summary>
internal static class GrpcServer
{
    /// <summary>
    /// The name to ask the health service for in a liveness probe: a pod that drains is alive, and must not be restarted for it.
    /// </summary>
    public const string Liveness = "liveness";

    // Bytes. One book is a few kilobytes.
    private const int LongestRequest = 16 * 1024;
    private const int LongestAnswer = 4 * 1024 * 1024;

    // Watches stay open. At Kestrel's 100 a client whose watches fill its one connection could not even ask for a book.
    private const int StreamsPerConnection = 1_000;

    public static void AddGrpcServer(this WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            // Without TLS there is no ALPN to choose the version by: HTTP/2 with prior knowledge, as gRPC clients and sidecars speak it.
            kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = HttpProtocols.Http2);
            kestrel.Limits.Http2.MaxStreamsPerConnection = StreamsPerConnection;
        });
        builder.Services.AddGrpc(grpc => (grpc.MaxReceiveMessageSize, grpc.MaxSendMessageSize) = (LongestRequest, LongestAnswer));
        builder.Services.AddGrpcReflection();
        builder.Services
            .AddGrpcHealthChecks(health =>
            {
                // The whole server (the empty name) and the catalog are ready when every check is healthy.
                health.Services.Map("", _ => true);
                health.Services.Map(V1.Catalog.Descriptor.FullName, _ => true);
                health.Services.Map(Liveness, check => check.Name == Liveness);
            })
            .AddCheck(Liveness, () => HealthCheckResult.Healthy());

        // Watchers of the health service get what was published last, so the first publication is due before they come.
        builder.Services.Configure<HealthCheckPublisherOptions>(options => options.Delay = TimeSpan.Zero);
    }
}
