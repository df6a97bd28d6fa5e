using Bookinfo.ServiceDefaults;
using Npgsql;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Bookinfo.Ratings.Stores;

internal static class RatingsStoreExtensions
{
    /// <summary>
    /// Release v2 keeps its ratings in a database: PostgreSQL where <c>ConnectionStrings:ratings</c> is set, otherwise SQLite in
    /// <c>RATINGS_DATABASE_FILE</c>. All other releases keep them in memory.
    /// </summary>
    /// <exception cref="SettingException">The connection string cannot be read.</exception>
    public static void AddRatingsStore(this WebApplicationBuilder builder)
    {
        var (services, configuration) = (builder.Services, builder.Configuration);
        if (configuration.TextOrNull("SERVICE_VERSION") != "v2")
        {
            services.AddSingleton<IRatingsStore, MemoryRatingsStore>();
            return;
        }

        var database = configuration.TextOrNull(PostgreSql.Key) is { } connection
            ? PostgreSql.Open(connection)
            : Sqlite.Open(configuration.TextOrNull("RATINGS_DATABASE_FILE"));
        services.AddSingleton(_ => database);
        services.AddSingleton<DatabaseRatingsStore>();
        services.AddSingleton<IRatingsStore>(provider => provider.GetRequiredService<DatabaseRatingsStore>());
        services.AddHealthChecks().AddCheck<DatabaseRatingsStore>("database");
        services.AddHostedService<SchemaAtStart>();
        services.ConfigureOpenTelemetryTracerProvider(tracing => tracing.AddNpgsql());
        services.ConfigureOpenTelemetryMeterProvider(metrics => metrics.AddMeter("Npgsql"));
    }
}
