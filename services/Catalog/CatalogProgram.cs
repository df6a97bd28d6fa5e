using Bookinfo.Catalog.Parts;
using Bookinfo.ServiceDefaults;
using Bookinfo.ServiceDefaults.Http;
using Bookinfo.ServiceDefaults.Upstreams;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Bookinfo.Catalog;

/// <summary>Composes the service, for its own process and for hosts that run several services in one.</summary>
public static class CatalogProgram
{
    // One book is a few kilobytes; whatever is longer is a mistake or an attack.
    private const int LongestRequest = 16 * 1024;
    private const int LongestAnswer = 4 * 1024 * 1024;

    // Watches stay open. At Kestrel's 100 a client whose watches fill its one connection could not even ask for a book.
    private const int StreamsPerConnection = 1_000;

    private static readonly string[] Neighbours = ["details", "reviews", "ratings"];

    /// <summary>Builds the service from the builder's configuration; the caller runs it.</summary>
    /// <param name="builder">A builder whose configuration holds the release's settings.</param>
    /// <exception cref="SettingException">A setting has a value that means nothing.</exception>
    public static WebApplication Build(WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddServiceDefaults("catalog");
        builder.AddParts(CatalogSettings.Read(builder.Configuration));
        builder.AddGrpcOverPlainHttp2();

        var app = builder.Build().UseServiceDefaults();
        app.MapGrpcService<CatalogApi>();
        app.MapGrpcHealthChecksService();
        app.MapGrpcReflectionService();
        app.MapGet("/health", () => Results.Text("""{"status":"Catalog is healthy"}""", "application/json"));
        return app;
    }

    private static void AddParts(this WebApplicationBuilder builder, CatalogSettings settings)
    {
        foreach (var name in Neighbours)
        {
            builder.AddUpstream(new UpstreamOptions
            {
                Name = name,
                Address = UpstreamAddress.Read(builder.Configuration, name),
                Timeout = settings.UpstreamTimeout,
                Headers = ForwardedHeaders.WithEndUser,
            });
        }

        builder.Services
            .AddSingleton(settings)
            .AddSingleton(services => new DetailsSource(new PartCall(services.GetUpstream("details"))))
            .AddSingleton(services => new ReviewsSource(new PartCall(services.GetUpstream("reviews"))))
            .AddSingleton(services => new RatingsSource(new PartCall(services.GetUpstream("ratings"))))
            .AddSingleton<RatingsWatch>();
    }

    private static void AddGrpcOverPlainHttp2(this WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            // Without TLS there is no ALPN to choose the version by: HTTP/2 with prior knowledge, as gRPC clients and sidecars speak it.
            kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = HttpProtocols.Http2);
            kestrel.Limits.Http2.MaxStreamsPerConnection = StreamsPerConnection;
        });
        builder.Services.AddSingleton<CatalogApi>().AddGrpc(grpc =>
        {
            grpc.MaxReceiveMessageSize = LongestRequest;
            grpc.MaxSendMessageSize = LongestAnswer;
        });
        builder.Services.AddGrpcReflection();
        builder.Services.AddCatalogHealth();
    }
}
