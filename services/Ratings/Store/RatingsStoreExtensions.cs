using Bookinfo.ServiceDefaults;
using Bookinfo.ServiceDefaults.Health;

namespace Bookinfo.Ratings.Store;

internal static class RatingsStoreExtensions
{
    /// <summary>Release v2 keeps its ratings in a database: PostgreSQL where <c>ConnectionStrings:ratings</c> is set, otherwise SQLite. All others keep them in memory.</summary>
    public static void AddRatingsStore(this WebApplicationBuilder builder)
    {
        var (services, configuration) = (builder.Services, builder.Configuration);
        if (configuration.TextOrNull("SERVICE_VERSION") != "v2")
        {
            services.AddSingleton<IRatingsStore, MemoryRatingsStore>();
            return;
        }

        var database = configuration.TextOrNull(PostgreSql.Key) is { } connection ? PostgreSql.Open(connection) : Sqlite.Open(configuration.TextOrNull("RATINGS_DATABASE_FILE"));
        services.AddSingleton(_ => database);
        services.AddSingleton<DatabaseRatingsStore>();
        services.AddSingleton<IRatingsStore>(provider => provider.GetRequiredService<DatabaseRatingsStore>());
        services.AddSingleton<IReadinessCheck>(provider => provider.GetRequiredService<DatabaseRatingsStore>());
        services.AddHostedService<SchemaAtStart>();
    }
}
