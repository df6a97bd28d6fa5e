using Bookinfo.ServiceDefaults.Faults;
using Bookinfo.ServiceDefaults.Health;
using Bookinfo.ServiceDefaults.Hosting;
using Bookinfo.ServiceDefaults.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Bookinfo.ServiceDefaults;

/// <summary>What every service does alike. Works on any of <c>WebApplication</c>'s builders, the empty one included.</summary>
public static class ServiceDefaultsExtensions
{
    /// <summary>Where a service listens unless <c>urls</c>, <c>HTTP_PORTS</c> or Kestrel's own section says otherwise.</summary>
    public const string DefaultUrl = "http://127.0.0.1:9080";

    /// <summary>Adds identity, probes, graceful drain, telemetry (where an OTLP endpoint is set) and routing.</summary>
    /// <param name="builder">A builder whose configuration already holds the pod's settings.</param>
    /// <param name="service">The service's name on the network, for example <c>reviews</c>.</param>
    /// <exception cref="SettingException">A setting has a value that means nothing.</exception>
    public static WebApplicationBuilder AddServiceDefaults(this WebApplicationBuilder builder, string service)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(service);

        var identity = ServiceIdentity.Read(service, builder.Configuration);
        builder.Services.AddSingleton(identity);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddSingleton(Random.Shared);
        builder.Services.AddRoutingCore();
        builder.WebHost.ConfigureListening(builder.Configuration);
        builder.Services.AddGracefulDrain(builder.Configuration);
        builder.Logging.QuietRequests(builder.Configuration);
        builder.AddTelemetry(identity);
        builder.AddFaultSwitch();
        return builder;
    }

    /// <summary>
    /// Puts the way in: the response's identity headers, errors as problem details, the fault switch, routing and the probes.
    /// Call it before anything else on the application.
    /// </summary>
    /// <param name="app">An application whose builder had <see cref="AddServiceDefaults"/>.</param>
    public static WebApplication UseServiceDefaults(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseServerSpans();
        app.UseEdge();
        app.UseRouting();
        app.UseFaultSwitch();
        app.MapProbes();
        return app;
    }
}
