using Bookinfo.ServiceDefaults;
using Bookinfo.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Bookinfo.Tests.ServiceDefaults;

/// <summary>A service of which a test says what it does beside the defaults.</summary>
internal static class TestService
{
    public static Func<WebApplicationBuilder, WebApplication> With(Action<WebApplication>? map = null,
        Action<WebApplicationBuilder>? add = null) => builder =>
    {
        builder.AddServiceDefaults("test");
        add?.Invoke(builder);
        var app = builder.Build();
        app.UseServiceDefaults();
        map?.Invoke(app);
        return app;
    };

    public static Task<RunningService> StartAsync(
        Action<WebApplication>? map = null, Action<WebApplicationBuilder>? add = null, TimeProvider? time = null,
        Action<IServiceCollection>? services = null,
        params (string Key, string? Value)[] settings) =>
        RunningService.StartAsync(
            With(map, add), [new("HOSTNAME", "test-pod"), .. settings.Select(setting => KeyValuePair.Create(setting.Key, setting.Value))],
                time, services);
}
