using System.Net.Http.Headers;
using Bookinfo.Ratings;
using Bookinfo.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Bookinfo.Tests.Ratings;

/// <summary>Starts the service as the tests here need it, and asks it short questions.</summary>
internal static class RatingsService
{
    public static Task<RunningService> StartAsync(string version = "v1", TimeProvider? time = null, Random? random = null, params (string Key, string? Value)[] settings) =>
        RunningService.StartAsync(
            RatingsProgram.Build,
            [new("SERVICE_VERSION", version), .. settings.Select(setting => KeyValuePair.Create(setting.Key, setting.Value))],
            time,
            services => services.AddSingleton(random ?? new Random(1)));

    public static async Task<(int Status, string Body)> GetAsync(this RunningService service, string path)
    {
        using var answer = await service.Client.GetAsync(path);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    public static async Task<(int Status, string Body)> PostAsync(this RunningService service, string path, string body)
    {
        using var content = new StringContent(body, new MediaTypeHeaderValue("application/json"));
        using var answer = await service.Client.PostAsync(path, content);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}

/// <summary>Draws what the test says, then that again.</summary>
internal sealed class ScriptedRandom(params double[] draws) : Random
{
    private int _next = -1;

    public override double NextDouble() => draws[Interlocked.Increment(ref _next) % draws.Length];
}
