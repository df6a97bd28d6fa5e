using Bookinfo.Ratings;
using Bookinfo.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Bookinfo.Tests.Ratings;

/// <summary>Starts the service as the tests here need it.</summary>
internal static class RatingsService
{
    public static Task<RunningService> StartAsync(string version = "v1", TimeProvider? time = null, Random? random = null,
        params (string Key, string? Value)[] settings) =>
        RunningService.StartAsync(
            RatingsProgram.Build,
            [new("SERVICE_VERSION", version), .. settings.Select(setting => KeyValuePair.Create(setting.Key, setting.Value))],
            time,
            services => services.AddSingleton(random ?? new Random(1)));
}
