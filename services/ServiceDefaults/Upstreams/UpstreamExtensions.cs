using Bookinfo.ServiceDefaults.Http;
using Bookinfo.ServiceDefaults.Resilience;
using Bookinfo.ServiceDefaults.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Bookinfo.ServiceDefaults.Upstreams;

/// <summary>Registers the services that this one calls.</summary>
public static class UpstreamExtensions
{
    /// <summary>
    /// Registers the client for another service under its name; get it with <see cref="GetUpstream"/>. Settings: <c>MESH_OUTBOUND</c>,
    /// <c>RESILIENCE_OWNER</c> (<c>mesh</c> or <c>application</c>).
    /// </summary>
    /// <exception cref="SettingException">A setting has a value that means nothing.</exception>
    public static WebApplicationBuilder AddUpstream(this WebApplicationBuilder builder, UpstreamOptions options)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(options);
        var configuration = builder.Configuration;
        var owner = UpstreamResilience.ReadOwner(configuration);
        var handler = UpstreamHandler.Create(options, configuration, configuration.HasTelemetry());
        builder.Services.AddKeyedSingleton(options.Name, (services, _) =>
        {
            var time = services.GetRequiredService<TimeProvider>();
            var pipeline = owner == ResilienceOwner.Application
                ? ResiliencePipelines.Create(options.Name, ResilienceSettings.Default, time, services.GetRequiredService<Random>())
                : null;
            return new Upstream(options, handler, pipeline, time);
        });
        return builder;
    }

    /// <summary>The client that <see cref="AddUpstream"/> registered under this name.</summary>
    public static Upstream GetUpstream(this IServiceProvider services, string name) => services.GetRequiredKeyedService<Upstream>(name);
}
