using Bookinfo.Tests.Cluster.Support;
using Bookinfo.Topology;

namespace Bookinfo.Tests.Cluster.Components;

[Collection(nameof(OneAfterAnother))]
public sealed class BookServiceTests
{
    [Fact]
    public async Task Deploy_EveryReleaseThatIsNotOptional_HasItsWorkload()
    {
        var expected = from service in BookinfoSystem.Topology.Services
                       from release in service.Releases
                       where !release.Optional
                       select service.WorkloadName(release);
        Assert.Equal(expected.Order(), (await Observation.OfAsync()).OfKind("Deployment").Select(one => one.ManifestName).Order());
    }

    [Theory]
    [MemberData(nameof(Choices.Names), MemberType = typeof(Choices))]
    public async Task Tree_EveryManifest_BelongsToAComponentOfOurs(string choice)
    {
        foreach (var manifest in (await Choices.DeployAsync(choice)).Manifests)
        {
            Assert.StartsWith("bookinfo:cluster:", manifest.Parent?.GetResourceType(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Tree_AService_HoldsItsReleasesAndEachReleaseItsPods()
    {
        var stack = await Observation.OfAsync();
        var releases = stack.Resources.Where(one => one.Type == "bookinfo:cluster:Release" && one.Parent is { } parent
            && Observation.Id(parent) == "bookinfo:cluster:BookService::reviews");
        Assert.Equal(["reviews-v1", "reviews-v2", "reviews-v3"], releases.Select(one => one.Name));
        Assert.Equal("bookinfo:cluster:Release::reviews-v2", Observation.Id(stack.Manifest("Deployment", "reviews-v2").Parent!));
        Assert.Equal("bookinfo:cluster:BookService::reviews", Observation.Id(stack.Manifest("Service", "reviews").Parent!));
    }

    [Fact]
    public async Task Service_EachPort_IsNamedAfterItsProtocol()
    {
        var stack = await Observation.OfAsync();
        Assert.All(BookinfoSystem.Topology.Services, service => Assert.Equal(
            service.Protocol == ServiceProtocol.Grpc ? "grpc" : "http",
                stack.Manifest("Service", service.Name).Tree["spec"]["ports"][0]["name"].Text));
    }

    [Fact]
    public async Task Service_AskedToBeHeadless_HasNoAddressOfItsOwn()
    {
        var stack = await Observation.OfAsync("scale:headless=details");
        Assert.Equal("None", stack.Manifest("Service", "details").Tree["spec"]["clusterIP"].Text);
        Assert.False(stack.Manifest("Service", "reviews").Tree["spec"]["clusterIP"].Exists);
    }

    [Fact]
    public async Task Environment_AReleasesOwnSettings_ReachItsPodsAlone()
    {
        var stack = await Observation.OfAsync();
        Assert.Equal("red", Environment(stack, "reviews-v3")["STAR_COLOR"]["value"].Text);
        Assert.Equal("black", Environment(stack, "reviews-v2")["STAR_COLOR"]["value"].Text);
        Assert.DoesNotContain("STAR_COLOR", Environment(stack, "reviews-v1").Keys);
        Assert.Contains("SESSION_KEY", Environment(stack, "productpage-v1").Keys);
        Assert.Equal(["ratings-v2"],
            stack.OfKind("Deployment").Where(one => Environment(stack, one.ManifestName).ContainsKey("ConnectionStrings__ratings"))
                .Select(one => one.ManifestName));
    }

    [Theory]
    [InlineData("mesh:kind=none", "application")]
    [InlineData("mesh:kind=istio", "mesh")]
    [InlineData("mesh:kind=linkerd", "mesh")]
    public async Task Environment_Retries_HaveOneOwner(string mesh, string owner) =>
        Assert.Equal(owner, Environment(await Observation.OfAsync(mesh), "reviews-v1")["RESILIENCE_OWNER"]["value"].Text);

    [Theory]
    [InlineData("telemetry:kind=collector", "http://otel-collector:4317")]
    [InlineData("telemetry:kind=external telemetry:endpoint=https://otlp.example.com:4317/", "https://otlp.example.com:4317")]
    public async Task Environment_Telemetry_GoesWhereTheStackSays(string config, string endpoint)
    {
        var environment = Environment(await Observation.OfAsync(config.Split(' ')), "reviews-v1");
        Assert.Equal(endpoint, environment["OTEL_EXPORTER_OTLP_ENDPOINT"]["value"].Text);
        Assert.Equal("reviews", environment["OTEL_SERVICE_NAME"]["value"].Text);
    }

    [Fact]
    public async Task Image_ADigestIsGiven_ItIsPinned()
    {
        var digest = "sha256:" + new string('a', 64);
        var stack = await Observation.OfAsync("images:repository=ghcr.io/acme/bookinfo", "images:tag=1.2",
            $"images:digests=reviews={digest}");
        Assert.Equal($"ghcr.io/acme/bookinfo/reviews:1.2@{digest}", Image(stack, "reviews-v1"));
        Assert.Equal("ghcr.io/acme/bookinfo/ratings:1.2", Image(stack, "ratings-v1"));
    }

    [Fact]
    public async Task Replicas_AskedFor_AreTheNumberOrTheLeastNumber()
    {
        var asked = "scale:replicas=reviews=2";
        Assert.Equal(2, (await Observation.OfAsync(asked, "scale:auto=false"))
            .Manifest("Deployment", "reviews-v1").Tree["spec"]["replicas"].Number);
        Assert.Equal(2, (await Observation.OfAsync(asked)).Manifest("HorizontalPodAutoscaler",
            "reviews-v1").Tree["spec"]["minReplicas"].Number);
    }

    [Fact]
    public async Task Order_ReleaseWithADatabase_ComesAfterIt()
    {
        var stack = await Observation.OfAsync();
        var database = stack.Manifest("StatefulSet", "ratings-db");
        Assert.Contains(database.Id, stack.Manifest("Deployment", "ratings-v2").DependsOn);
        Assert.DoesNotContain(database.Id, stack.Manifest("Deployment", "ratings-v1").DependsOn);
    }

    [Fact]
    public async Task Database_ItsPassword_IsMadeUpAndInTheConnectionString()
    {
        var data = (await Observation.OfAsync()).Manifest("Secret", "ratings-db").Tree["stringData"];
        Assert.True(data["password"].Text.Length >= 32);
        Assert.EndsWith($"Password={data["password"].Text}", data["connection-string"].Text, StringComparison.Ordinal);
        Assert.NotEqual(data["password"].Text,
            (await Observation.OfAsync()).Manifest("Secret", "ratings-db").Tree["stringData"]["password"].Text);
    }

    private static Dictionary<string, Tree> Environment(Observation stack, string deployment) =>
        stack.Manifest("Deployment",
            deployment).Tree["spec"]["template"]["spec"]["containers"][0]["env"].Items.ToDictionary(variable => variable["name"].Text);

    private static string Image(Observation stack, string deployment) =>
        stack.Manifest("Deployment", deployment).Tree["spec"]["template"]["spec"]["containers"][0]["image"].Text;
}
