using System.Net;
using Bookinfo.Catalog;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Reflection.V1;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace Bookinfo.Tests.Catalog;

/// <summary>What every gRPC server should have besides its own methods: health, reflection, probes.</summary>
public sealed class ServerTests
{
    [Theory]
    [InlineData("")]
    [InlineData("bookinfo.catalog.v1.Catalog")]
    [InlineData("liveness")]
    public async Task HealthCheck_Running_Serves(string service)
    {
        await using var host = await CatalogHost.StartAsync();

        var health = await new Health.HealthClient(host.Channel).CheckAsync(new HealthCheckRequest { Service = service });

        Assert.Equal(ServingStatus.Serving, health.Status);
    }

    [Fact]
    public async Task HealthCheck_UnknownService_IsNotFound()
    {
        await using var host = await CatalogHost.StartAsync();
        var client = new Health.HealthClient(host.Channel);

        var error = await Assert.ThrowsAsync<RpcException>(async () =>
            await client.CheckAsync(new HealthCheckRequest { Service = "nobody" }));

        Assert.Equal(StatusCode.NotFound, error.StatusCode);
    }

    [Fact]
    public async Task HealthCheck_NeighboursAway_StillServes()
    {
        // Readiness that depended on the services behind would take the catalog away together with one of its parts.
        await using var host = await CatalogHost.StartAsync();
        await host.Neighbours.DisposeAsync();

        var health = await new Health.HealthClient(host.Channel).CheckAsync(new HealthCheckRequest());

        Assert.Equal(ServingStatus.Serving, health.Status);
    }

    // What is published before the pod has started would be logged as an error at every start if the check for it took part.
    [Fact]
    public async Task Publication_PodNotStartedYet_IsHealthy()
    {
        await using var app = CatalogProgram.Build(WebApplication.CreateSlimBuilder());
        var options = app.Services.GetRequiredService<IOptions<HealthCheckPublisherOptions>>().Value;

        var report = await app.Services.GetRequiredService<HealthCheckService>()
            .CheckHealthAsync(options.Predicate, TestContext.Current.CancellationToken);

        Assert.Equal(HealthStatus.Healthy, report.Status);
    }

    [Fact]
    public async Task HealthWatch_PodEnds_LastWordIsNotServing()
    {
        await using var host = await CatalogHost.StartAsync();
        using var watch = new Health.HealthClient(host.Channel).Watch(new HealthCheckRequest());
        Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal(ServingStatus.Serving, watch.ResponseStream.Current.Status);

        var stopping = host.StopAsync();
        var last = ServingStatus.Serving;
        while (await watch.ResponseStream.MoveNext(CancellationToken.None))
        {
            last = watch.ResponseStream.Current.Status;
        }

        await stopping;
        Assert.Equal(ServingStatus.NotServing, last);
    }

    [Fact]
    public async Task Reflection_ListServices_NamesCatalogAndHealth()
    {
        await using var host = await CatalogHost.StartAsync();
        using var call = new ServerReflection.ServerReflectionClient(host.Channel).ServerReflectionInfo();

        await call.RequestStream.WriteAsync(new ServerReflectionRequest { ListServices = "*" });
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));

        var names = call.ResponseStream.Current.ListServicesResponse.Service.Select(service => service.Name);
        Assert.Superset(new HashSet<string> { "bookinfo.catalog.v1.Catalog", "grpc.health.v1.Health" }, names.ToHashSet());
    }

    [Theory]
    [InlineData("/health", """{"status":"Catalog is healthy"}""")]
    [InlineData("/health/live", "Healthy")]
    [InlineData("/health/ready", "Healthy")]
    [InlineData("/health/startup", "Healthy")]
    public async Task Probe_OverHttp2_IsGreen(string path, string expected)
    {
        await using var host = await CatalogHost.StartAsync();
        using var client = new HttpClient
        {
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };

        Assert.Equal(expected, await client.GetStringAsync(new Uri($"{host.Address}{path}")));
    }

    [Theory]
    [InlineData("UPSTREAM_TIMEOUT_MILLISECONDS=0")]
    [InlineData("UPSTREAM_TIMEOUT_MILLISECONDS=soon")]
    [InlineData("WATCH_INTERVAL_MILLISECONDS=-1")]
    [InlineData("RATINGS_SERVICE_PORT=http")]
    public async Task Start_SettingMeansNothing_NamesIt(string setting)
    {
        var error = await Assert.ThrowsAsync<Bookinfo.ServiceDefaults.SettingException>(() => CatalogHost.StartAsync(setting));

        Assert.StartsWith(setting.Split('=')[0], error.Message, StringComparison.Ordinal);
    }
}
