using Bookinfo.Topology;

namespace Bookinfo.Tests.AppHost;

public sealed class EnvironmentTests
{
    public static TheoryData<string> Workloads() =>
        [.. BookinfoSystem.Topology.Services.SelectMany(service => service.Releases.Where(release => !release.Optional)
            .Select(service.WorkloadName))];

    [Theory]
    [MemberData(nameof(Workloads))]
    public async Task Pod_Always_HasItsReleasesSettingsAndItsName(string workload)
    {
        var model = await HostModel.BuildAsync();
        var (_, release) = Find(workload);

        var environment = await model.EnvironmentAsync(model[workload]);

        Assert.Equal((release.Version, workload), (environment["SERVICE_VERSION"], environment["HOSTNAME"]));
        Assert.Equal("Development", environment["ASPNETCORE_ENVIRONMENT"]);
        Assert.Equal($"http://localhost:{HostModel.Port(model[workload], "http")}", environment["ASPNETCORE_URLS"]);
        Assert.All(release.Settings, setting => Assert.Equal(setting.Value, environment[setting.Key]));
    }

    [Theory]
    [MemberData(nameof(Workloads))]
    public async Task Pod_Always_IsKnownToTheMeshByItsAddress(string workload)
    {
        var model = await HostModel.BuildAsync();
        var (service, release) = Find(workload);

        var entry = await model.MeshEntryAsync(workload);

        Assert.Equal((service.Name, release.Version), (entry["SERVICE"], entry["VERSION"]));
        Assert.Equal($"localhost:{HostModel.Port(model[workload], "http")}", entry["ADDRESS"]);
    }

    [Theory]
    [MemberData(nameof(Workloads))]
    public async Task Pod_ThatCallsOthers_DialsTheListenerThatTheMeshKeepsForIt(string workload)
    {
        var model = await HostModel.BuildAsync();
        var (service, _) = Find(workload);

        var environment = await model.EnvironmentAsync(model[workload]);
        var entry = await model.MeshEntryAsync(workload);

        if (service.Calls.Count == 0)
        {
            Assert.DoesNotContain("MESH_OUTBOUND", environment.Keys);
            Assert.DoesNotContain("OUTBOUND", entry.Keys);
        }
        else
        {
            var port = HostModel.Port(model.Mesh, $"outbound-{workload}");
            Assert.Equal(($"localhost:{port}", $"127.0.0.1:{port}"), (environment["MESH_OUTBOUND"], entry["OUTBOUND"]));
        }
    }

    [Fact]
    public async Task Mesh_Always_ListensWhereTheLabDoes()
    {
        var model = await HostModel.BuildAsync();

        var environment = await model.EnvironmentAsync(model.Mesh);

        Assert.Equal(("127.0.0.1:8080", "127.0.0.1:8081"), (environment["MESH__GATEWAY"], environment["MESH__CONSOLE"]));
    }

    [Fact]
    public async Task Programs_Always_SendTheirTelemetryToTheDashboard()
    {
        var model = await HostModel.BuildAsync();

        foreach (var program in model.Programs)
        {
            Assert.Contains("OTEL_EXPORTER_OTLP_ENDPOINT", (await model.EnvironmentAsync(program)).Keys);
        }
    }

    [Fact]
    public async Task Productpage_SeveralPods_ShareTheSessionKey()
    {
        var model = await HostModel.BuildAsync("--Replicas:productpage-v1", "2");

        var keys = new[] { await model.EnvironmentAsync(model["productpage-v1"]),
            await model.EnvironmentAsync(model["productpage-v1-2"]) }.Select(one => one["SESSION_KEY"]).Distinct();

        Assert.True(Assert.Single(keys).Length >= 32);
    }

    private static (BookService Service, Release Release) Find(string workload) =>
        BookinfoSystem.Topology.Services.SelectMany(service => service.Releases.Select(release => (service, release)))
            .Single(pair => pair.service.WorkloadName(pair.release) == workload);
}
