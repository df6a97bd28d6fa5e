using Bookinfo.Topology;

namespace Bookinfo.Tests.AppHost;

public sealed class ModelTests
{
    private static readonly ServiceTopology System = BookinfoSystem.Topology;

    [Fact]
    public async Task Resources_ByDefault_AreTheMeshAndEachReleaseThatIsNotOptional()
    {
        var model = await HostModel.BuildAsync();

        var releases = System.Services.SelectMany(service =>
            service.Releases.Where(release => !release.Optional).Select(service.WorkloadName));
        Assert.Equal(releases.Order(), model.Pods.Select(pod => pod.Name).Order());
        Assert.Contains("reviews-v3", releases);
        Assert.Contains("catalog-v2", releases);
    }

    [Fact]
    public async Task Resources_OptionalReleaseAskedFor_IsThereToo()
    {
        var model = await HostModel.BuildAsync("--with", "ratings-v-faulty, ratings-v-delayed");

        Assert.Equal("v-faulty", (await model.MeshEntryAsync("ratings-v-faulty"))["VERSION"]);
        Assert.Equal("v-delayed", (await model.MeshEntryAsync("ratings-v-delayed"))["VERSION"]);
    }

    [Theory]
    [InlineData("--with", "ratings-v9")]
    [InlineData("--Replicas:reviews-v9", "2")]
    public async Task Resources_UnknownReleaseAskedFor_NamesThoseThereAre(string option, string value)
    {
        var error = await Assert.ThrowsAnyAsync<Exception>(() => HostModel.BuildAsync(option, value));

        Assert.Contains("-v9'; there are productpage-v1,", Innermost(error).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--Replicas:reviews-v2", "many", "Replicas:reviews-v2 is 'many'")]
    [InlineData("--Replicas:reviews-v2", "21", "from 0 to 20")]
    [InlineData("--Ports:Gateway", "0", "Ports:Gateway is '0'; it must be a number from 1 to 65535.")]
    [InlineData("--database", "oracle", "it should be postgres or sqlite")]
    public async Task Resources_SettingMeansNothing_SaysWhatWouldBeRight(string option, string value, string expected)
    {
        var error = await Assert.ThrowsAnyAsync<Exception>(() => HostModel.BuildAsync(option, value));

        Assert.Contains(expected, Innermost(error).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resources_Replicas_ArePodsOfTheirOwn()
    {
        var model = await HostModel.BuildAsync("--Replicas:reviews-v2", "3");

        string[] copies = ["reviews-v2", "reviews-v2-2", "reviews-v2-3"];
        Assert.Equal(copies, model.Pods.Select(pod => pod.Name).Where(name => name.StartsWith("reviews-v2", StringComparison.Ordinal)));
        Assert.All(model.Programs, program => Assert.Equal(1, program.GetReplicaCount()));
        foreach (var copy in copies)
        {
            Assert.Equal("v2", (await model.MeshEntryAsync(copy))["VERSION"]);
        }
    }

    [Fact]
    public async Task Endpoints_Always_AreReachedWithoutAspiresProxyOnPortsOfTheirOwn()
    {
        var model = await HostModel.BuildAsync();

        var endpoints = model.Programs.SelectMany(program => program.Annotations.OfType<EndpointAnnotation>()).ToList();
        Assert.All(endpoints, endpoint => Assert.False(endpoint.IsProxied));
        Assert.Equal(endpoints.Count, endpoints.Select(endpoint => endpoint.Port).Distinct().Count());
    }

    [Fact]
    public async Task Endpoints_OfTheMesh_AreThoseOfTheLab()
    {
        var model = await HostModel.BuildAsync();

        Assert.Equal((8080, 8081), (HostModel.Endpoint(model.Mesh, "gateway").Port, HostModel.Endpoint(model.Mesh, "console").Port));
    }

    [Fact]
    public async Task Endpoints_PortsAskedFor_AreTheirs()
    {
        var model = await HostModel.BuildAsync("--Ports:Gateway", "7080", "--Ports:Console", "7081", "--Ports:Pods", "7100",
            "--Ports:Outbound", "7200");

        Assert.Equal(("7080", "7081", "7200"), (Port("gateway"), Port("console"), Port("outbound-productpage-v1")));
        Assert.Equal(("7100", "7101"), (HostModel.Port(model["productpage-v1"], "http"), HostModel.Port(model["details-v1"], "http")));

        string Port(string endpoint) => HostModel.Port(model.Mesh, endpoint);
    }

    // A path without a host is one on the endpoint.
    [Theory]
    [InlineData("mesh", "Book page: /productpage", "Traffic console: http://localhost:8081")]
    [InlineData("reviews-v2", "/reviews/0 (bypasses the mesh): /reviews/0")]
    [InlineData("catalog-v1")]
    public async Task Urls_InTheRow_HaveNamesAndLeadToSomething(string resource, params string[] expected)
    {
        var model = await HostModel.BuildAsync();
        var program = model[resource];
        var context = new ResourceUrlsCallbackContext(model.Services.GetRequiredService<DistributedApplicationExecutionContext>(), program);
        foreach (var endpoint in program.Annotations.OfType<EndpointAnnotation>())
        {
            context.Urls.Add(new ResourceUrlAnnotation
            {
                Url = $"http://localhost:{endpoint.Port}",
                Endpoint = new EndpointReference(program, endpoint)
            });
        }

        foreach (var callback in program.Annotations.OfType<ResourceUrlsCallbackAnnotation>())
        {
            await callback.Callback(context);
        }

        var shown = context.Urls.Where(url => url.DisplayLocation == UrlDisplayLocation.SummaryAndDetails)
            .Select(url => $"{url.DisplayText}: {url.Url}");
        Assert.Equal(expected, shown);
    }

    [Fact]
    public async Task Pods_Always_StandUnderTheirServiceAndShowWhatTheyCall()
    {
        var model = await HostModel.BuildAsync("--Replicas:reviews-v2", "2");

        Assert.Equal(["reviews"], Related("reviews-v2-2", "Parent"));
        Assert.Equal(["mesh", "ratings"], Related("reviews-v2-2", "Reference"));
        foreach (var service in System.Services)
        {
            string[] expected = [.. service.Calls, .. service.Calls.Count > 0 ? new[] { "mesh" } : []];
            Assert.Equal(expected.Order(), Related($"{service.Name}-v1", "Reference"));
        }

        IEnumerable<string> Related(string pod, string type) =>
            model[pod].Annotations.OfType<ResourceRelationshipAnnotation>()
                .Where(one => one.Type == type && one.Resource is not ParameterResource).Select(one => one.Resource.Name).Distinct()
                    .Order();
    }

    [Fact]
    public async Task Pods_WithoutADatabase_WaitForNothing()
    {
        var model = await HostModel.BuildAsync();

        Assert.All(model.Programs, program => Assert.Empty(HostModel.WaitsFor(program)));
    }

    [Fact]
    public async Task HealthChecks_EveryProgram_HasOne()
    {
        var model = await HostModel.BuildAsync();

        Assert.All(model.Programs, program => Assert.Single(program.Annotations.OfType<HealthCheckAnnotation>()));
    }

    [Fact]
    public async Task Database_Sqlite_NeedsNoContainer()
    {
        var model = await HostModel.BuildAsync("--database", "sqlite");

        Assert.DoesNotContain(model.Resources, resource => resource.IsContainer());
        Assert.DoesNotContain("ConnectionStrings__ratings", (await model.EnvironmentAsync(model["ratings-v2"])).Keys);
    }

    [Fact]
    public async Task Database_Postgres_IsForTheReleaseThatNeedsIt()
    {
        var model = await HostModel.BuildAsync("--database", "postgres");

        Assert.Contains("ratings-database", HostModel.WaitsFor(model["ratings-v2"]));
        Assert.Empty(HostModel.WaitsFor(model["ratings-v1"]));
        var connection = (await model.EnvironmentAsync(model["ratings-v2"]))["ConnectionStrings__ratings"];
        Assert.StartsWith("Host=localhost;Port=5432;Username=postgres;Password=", connection, StringComparison.Ordinal);
        Assert.EndsWith(";Database=ratings", connection, StringComparison.Ordinal);
    }

    private static Exception Innermost(Exception error) => error.InnerException is { } inner ? Innermost(inner) : error;
}
