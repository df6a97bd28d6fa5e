using Bookinfo.ServiceDefaults;
using Bookinfo.ServiceDefaults.Health;

namespace Bookinfo.Ratings.Release;

internal static class ReleaseExtensions
{
    private const string Key = "SERVICE_VERSION";

    /// <exception cref="SettingException">The version begins as fault releases do, and is none.</exception>
    public static void AddRelease(this WebApplicationBuilder builder)
    {
        var version = builder.Configuration.Text(Key, "v1");
        Func<Random, TimeProvider, IRelease> create = version switch
        {
            "v-faulty" => (random, _) => new Faulty(random),
            "v-delayed" => (random, time) => new Delayed(random, time),
            "v-unavailable" => (_, time) => new Toggling(TimeSpan.FromSeconds(60), probesSeeIt: false, time),
            "v-unhealthy" => (_, time) => new Toggling(TimeSpan.FromMinutes(15), probesSeeIt: true, time),
            _ when version.StartsWith("v-", StringComparison.Ordinal) =>
                throw new SettingException(Key, version, "a version such as v1 or v2, or one of v-faulty, v-delayed, v-unavailable, v-unhealthy"),
            _ => (_, _) => new Sound(),
        };
        builder.Services.AddSingleton(services => create(services.GetRequiredService<Random>(), services.GetRequiredService<TimeProvider>()));
        if (version == "v-unhealthy")
        {
            builder.Services.AddSingleton(services => (IReadinessCheck)services.GetRequiredService<IRelease>());
        }
    }
}
