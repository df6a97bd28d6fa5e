using Bookinfo.ServiceDefaults;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;

namespace Bookinfo.Tests.ServiceDefaults;

public sealed class ServiceDefaultsExtensionsTests
{
    [Fact]
    public async Task AddServiceDefaults_SlimBuilder_WorksLikeTheEmptyOne()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection([new("urls", "http://127.0.0.1:0"), new("HOSTNAME", "slim-pod")]);
        await using var app = TestService.With(app => app.MapGet("/x", () => "{}"))(builder);
        await app.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };

        using var answer = await client.GetAsync("/x");

        Assert.Equal("{}", await answer.Content.ReadAsStringAsync());
        Assert.Equal("slim-pod", Assert.Single(answer.Headers.GetValues(ServiceIdentity.PodHeader)));
        Assert.False(answer.Headers.Contains("Server"));
        await app.StopAsync();
    }

    [Fact]
    public void AddServiceDefaults_NoAddressSet_IsLoopback()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());

        builder.AddServiceDefaults("test");

        Assert.Equal("http://127.0.0.1:9080", builder.Configuration["urls"]);
    }

    [Theory]
    [InlineData("urls", "http://127.0.0.1:1")]
    [InlineData("http_ports", "9080")]
    [InlineData("Kestrel:Endpoints:Http:Url", "http://*:9080")]
    public void AddServiceDefaults_AddressSet_IsLeftAlone(string key, string value)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Configuration.AddInMemoryCollection([new(key, value)]);

        builder.AddServiceDefaults("test");

        Assert.Equal(key == "urls" ? value : null, builder.Configuration["urls"]);
    }

    [Theory]
    [InlineData("DRAIN_SECONDS", "soon")]
    [InlineData("SHUTDOWN_SECONDS", "-1")]
    [InlineData("FAULT_SWITCH", "on")]
    [InlineData("OTEL_SDK_DISABLED", "1")]
    public void AddServiceDefaults_SettingThatMeansNothing_IsRefusedByName(string key, string value)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Configuration.AddInMemoryCollection([new(key, value), new("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1")]);

        var problem = Assert.Throws<SettingException>(() => builder.AddServiceDefaults("test"));

        Assert.StartsWith($"{key} is '{value}'", problem.Message, StringComparison.Ordinal);
    }
}
