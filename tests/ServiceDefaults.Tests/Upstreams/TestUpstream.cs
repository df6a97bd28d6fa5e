using Bookinfo.ServiceDefaults;
using Bookinfo.ServiceDefaults.Upstreams;
using Bookinfo.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Bookinfo.Tests.ServiceDefaults.Upstreams;

/// <summary>Registers a client as a service does, and takes it out.</summary>
internal static class TestUpstream
{
    public static Upstream Create(
        StandIn other, Func<UpstreamOptions, UpstreamOptions>? change = null, TimeProvider? time = null, params (string Key, string? Value)[] settings) =>
        Create(new Uri($"http://127.0.0.1:{other.Port}"), change, time, settings);

    public static Upstream Create(
        Uri address, Func<UpstreamOptions, UpstreamOptions>? change = null, TimeProvider? time = null, params (string Key, string? Value)[] settings)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, setting.Value)));
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        builder.Services.AddSingleton(new Random(1));
        builder.AddServiceDefaults("test");
        var options = new UpstreamOptions { Name = "other", Address = address, Timeout = TimeSpan.FromSeconds(60) };
        builder.AddUpstream(change?.Invoke(options) ?? options);
        return builder.Services.BuildServiceProvider().GetUpstream("other");
    }
}
