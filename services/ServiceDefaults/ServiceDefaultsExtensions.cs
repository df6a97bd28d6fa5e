using System.Diagnostics;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HeaderPropagation;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using BadHttpRequestException = Microsoft.AspNetCore.Http.BadHttpRequestException;

namespace Bookinfo.ServiceDefaults;

/// <summary>What every service has in common. Works on each of <c>WebApplication</c>'s builders, including the empty one.</summary>
public static class ServiceDefaultsExtensions
{
    // Loopback only, unless urls, HTTP_PORTS or Kestrel's own section says otherwise.
    private const string DefaultUrl = "http://127.0.0.1:9080";

    // Bytes. The longest body that any service takes is a handful of ratings.
    private const long MaxRequestBodySize = 1024 * 1024;

    private static readonly string[] AddressKeys =
        [WebHostDefaults.ServerUrlsKey, WebHostDefaults.HttpPortsKey, WebHostDefaults.HttpsPortsKey];

    /// <summary>
    /// Adds identity, probes, graceful drain, problem details, telemetry (where an OTLP endpoint is set) and the fault switch.
    /// </summary>
    /// <param name="builder">A builder whose configuration already holds the pod's settings.</param>
    /// <param name="service">The service's name on the network, for example <c>reviews</c>.</param>
    /// <exception cref="SettingException">A setting has a wrong value.</exception>
    public static WebApplicationBuilder AddServiceDefaults(this WebApplicationBuilder builder, string service)
    {
        var identity = ServiceIdentity.Read(service, builder.Configuration);
        builder.Services.AddSingleton(identity);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddSingleton(Random.Shared);
        builder.Services.AddRoutingCore();
        builder.ConfigureKestrel();
        builder.QuietRequestLogs();
        builder.AddErrors();
        builder.AddDraining();
        builder.AddProbes();
        builder.AddTelemetry(identity);

        // The originals do not escape apostrophes and angle brackets; the media type is JSON, so no browser reads it as markup.
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping);
        if (builder.Configuration.Flag("FAULT_SWITCH"))
        {
            builder.Services.AddSingleton<FaultSwitch>();
        }

        return builder;
    }

    /// <summary>Adds options that are read from flat settings, and checked when the service starts.</summary>
    /// <param name="builder">The service's builder.</param>
    /// <param name="read">Fills the options; the methods of <see cref="Settings"/> throw where a value is wrong.</param>
    public static void AddSettings<TOptions>(this WebApplicationBuilder builder, Action<TOptions, IConfiguration> read)
        where TOptions : class => builder.Services.AddOptions<TOptions>().Configure(read).ValidateOnStart();

    /// <summary>Puts the common middleware in front of the service's own endpoints, and maps the probes and the fault switch.</summary>
    /// <param name="app">An application whose builder had <see cref="AddServiceDefaults"/>.</param>
    public static WebApplication UseServiceDefaults(this WebApplication app)
    {
        app.UseResponseHeaders();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        if (app.Services.GetService<HeaderPropagationValues>() is not null)
        {
            app.UseHeaderPropagation();
        }

        app.Services.GetService<FaultSwitch>()?.Use(app);
        app.MapProbes();
        return app;
    }

    private static void ConfigureKestrel(this WebApplicationBuilder builder)
    {
        if (AddressKeys.All(key => builder.Configuration.TextOrNull(key) is null)
            && !builder.Configuration.GetSection("Kestrel:Endpoints").Exists())
        {
            builder.WebHost.UseSetting(WebHostDefaults.ServerUrlsKey, DefaultUrl);
        }

        builder.Services.Configure<KestrelServerOptions>(kestrel =>
            (kestrel.AddServerHeader, kestrel.Limits.MaxRequestBodySize) = (false, MaxRequestBodySize));
    }

    // A log line for each request costs more than the request. Where the settings name these categories, they decide.
    private static void QuietRequestLogs(this WebApplicationBuilder builder)
    {
        Filter("Microsoft.AspNetCore", LogLevel.Warning);

        // With any level on, the host makes an Activity for every request only to print its id.
        Filter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);

        void Filter(string category, LogLevel level)
        {
            if (builder.Configuration.TextOrNull($"Logging:LogLevel:{category}") is null)
            {
                builder.Logging.AddFilter(category, level);
            }
        }
    }

    // RFC 9457 problem details, with the trace to look for and nothing of what went wrong inside. Without a tracer the caller's own trace
    // still names the request.
    private static void AddErrors(this WebApplicationBuilder builder)
    {
        builder.Services.AddProblemDetails(problems =>
            problems.CustomizeProblemDetails = context => context.ProblemDetails.Extensions["traceId"] = TraceId(context.HttpContext));
        builder.Services.Configure<ExceptionHandlerOptions>(errors =>
        {
            errors.StatusCodeSelector = error =>
                error is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError;
            errors.SuppressDiagnosticsCallback = error => error.Exception is BadHttpRequestException;
        });
    }

    private static string TraceId(HttpContext context) => Activity.Current?.TraceId.ToHexString()
        ?? (ActivityContext.TryParse(context.Request.Headers.TraceParent, null, out var caller) ? caller.TraceId.ToHexString()
            : context.TraceIdentifier);
}
