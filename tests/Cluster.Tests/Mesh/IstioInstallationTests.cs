using Bookinfo.Tests.Cluster.Support;

namespace Bookinfo.Tests.Cluster.Mesh;

[Collection(nameof(OneAfterAnother))]
public sealed class IstioInstallationTests
{
    private static readonly string[] Config = ["mesh:kind=istio", "mesh:install=true", "exposure:kinds=istio"];

    [Fact]
    public async Task Releases_ComeOneAfterTheOther_AtOneVersion()
    {
        var stack = await Observation.OfAsync([.. Config, "mesh:version=1.29.6"]);
        Assert.All(Releases(stack), release => Assert.Equal("1.29.6", release.Tree["version"].Text));
        Assert.True(ComesAfter(stack, "istiod", "istio-base"));
        Assert.True(ComesAfter(stack, "istio-cni", "istiod"));
        Assert.True(ComesAfter(stack, "istio-ingressgateway", "istio-cni"));
        Assert.False(ComesAfter(stack, "istio-base", "istiod"));
    }

    // istio.io, blog/2026/retirement-of-gcp and the upgrade notes of 1.31: what is kept at Google Cloud goes away.
    [Theory]
    [InlineData("docker.io/istio", new string[0])]
    [InlineData("registry.example.com:5000/mirror/istio", new[] { "mesh:hub=registry.example.com:5000/mirror/istio" })]
    public async Task Releases_ChartsAndImages_ComeFromTheProjectOrAMirror(string hub, string[] config)
    {
        var releases = Releases(await Observation.OfAsync([.. Config, .. config]));
        Assert.All(releases, release =>
            Assert.Equal("https://blob.istio.io/istio-release/charts", release.Tree["repositoryOpts"]["repo"].Text));
        // The base has no image, and the gateway's is the sidecar's, which istiod knows.
        var withImages = releases.Where(release => release.Name is "istiod" or "istio-cni").ToList();
        Assert.Equal([hub, hub], withImages.Select(release => release.Tree["values"]["global"]["hub"].Text));
    }

    [Fact]
    public async Task Releases_WithoutCniAndGateway_AreBaseAndControlPlane() =>
        Assert.Equal(["istio-base", "istiod"],
            Releases(await Observation.OfAsync("mesh:kind=istio", "mesh:install=true", "mesh:cni=false")).Select(release => release.Name));

    [Fact]
    public async Task Releases_IstioIsThereAlready_NoneAndNoNamespaceOfIts()
    {
        var stack = await Observation.OfAsync("mesh:kind=istio", "exposure:kinds=istio");
        Assert.Empty(Releases(stack));
        Assert.Equal(["bookinfo"], stack.OfKind("Namespace").Select(space => space.ManifestName));
    }

    [Fact]
    public async Task Pods_AndMeshResources_WaitForTheControlPlane()
    {
        var stack = await Observation.OfAsync([.. Config, "telemetry:kind=collector"]);
        string[] kinds = ["Deployment", "StatefulSet", "VirtualService", "DestinationRule", "PeerAuthentication", "AuthorizationPolicy",
            "Telemetry"];
        Assert.All(stack.Manifests.Where(one => kinds.Contains(one.Kind)),
            one => Assert.True(ComesAfter(stack, one, "istiod"), one.ToString()));
        Assert.Equal("enabled", stack.Manifest("Namespace", "bookinfo").Tree["metadata"]["labels"]["istio-injection"].Text);
    }

    [Fact]
    public async Task Pods_AMeshComesOrGoes_EveryTemplateChanges()
    {
        var without = PodTemplates.Of(await Observation.OfAsync("telemetry:kind=collector"))
            .ToDictionary(pod => pod.Workload.ManifestName, pod => pod.Labels);
        var with = PodTemplates.Of(await Observation.OfAsync("telemetry:kind=collector", "mesh:kind=istio"));
        Assert.All(with, pod => Assert.NotEqual(without[pod.Workload.ManifestName].OrderBy(label => label.Key),
            pod.Labels.OrderBy(label => label.Key)));
    }

    [Fact]
    public async Task Rules_AServiceEntryOfAFile_IsDeployedToo()
    {
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.yaml");
        await File.WriteAllTextAsync(file, """
            apiVersion: networking.istio.io/v1
            kind: ServiceEntry
            metadata: {name: books}
            spec:
              hosts: [www.googleapis.com]
              location: MESH_EXTERNAL
              resolution: DNS
              ports:
              - {number: 80, name: http, protocol: HTTP}
            """);
        try
        {
            var entry = (await Observation.OfAsync("mesh:kind=istio", $"mesh:rules={file}")).Manifest("ServiceEntry", "books").Tree["spec"];
            Assert.Equal(("www.googleapis.com", 80), (entry["hosts"][0].Text, entry["ports"][0]["number"].Number));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task Gateway_ItsPodsLabelAndPort_AreThoseOfTheRules()
    {
        var stack = await Observation.OfAsync([.. Config, "mesh:gatewayServiceType=NodePort"]);
        var rule = stack.Manifest("Gateway", "bookinfo-gateway").Tree["spec"];
        var values = Assert.Single(Releases(stack), release => release.Name == "istio-ingressgateway").Tree["values"];
        Assert.Equal(rule["selector"]["istio"].Text, values["labels"]["istio"].Text);
        var port = Assert.Single(values["service"]["ports"].Items,
            one => one["targetPort"].Number == rule["servers"][0]["port"]["number"].Number);
        Assert.Equal(30081, port["nodePort"].Number);
    }

    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    public async Task Istiod_KnowsWhetherTheCniPluginRedirects(string cni)
    {
        var stack = await Observation.OfAsync([.. Config, $"mesh:cni={cni}"]);
        Assert.Equal(cni == "true",
            Assert.Single(Releases(stack), release => release.Name == "istiod").Tree["values"]["cni"]["enabled"].IsTrue);
        Assert.Equal(cni == "true", Releases(stack).Any(release => release.Name == "istio-cni"));
    }

    [Fact]
    public async Task Tracing_TheProviderOfTheTelemetry_IsTheOneThatIstiodKnows()
    {
        var stack = await Observation.OfAsync([.. Config, "telemetry:kind=collector", "bookinfo:namespace=shop"]);
        var provider = Assert.Single(stack.OfKind("Telemetry")).Tree["spec"]["tracing"][0]["providers"][0]["name"].Text;
        var known = Assert.Single(Releases(stack),
            release => release.Name == "istiod").Tree["values"]["meshConfig"]["extensionProviders"][0];
        Assert.Equal(provider, known["name"].Text);
        Assert.Equal(("otel-collector.shop.svc.cluster.local", 4317),
            (known["opentelemetry"]["service"].Text, known["opentelemetry"]["port"].Number));
    }

    // istiod keeps a Service under its whole name.
    [Theory]
    [InlineData("http://collector.observability:4317", "collector.observability.svc.cluster.local")]
    [InlineData("http://collector.observability.svc:4317", "collector.observability.svc.cluster.local")]
    [InlineData("http://collector.observability.svc.cluster.local:4317", "collector.observability.svc.cluster.local")]
    [InlineData("https://otlp.eu.example.com:4317", "otlp.eu.example.com")]
    public async Task Tracing_AnEndpointElsewhere_IsNamedAsIstiodKnowsIt(string endpoint, string service)
    {
        var stack = await Observation.OfAsync([.. Config, "telemetry:kind=external", $"telemetry:endpoint={endpoint}"]);
        var known = Assert.Single(Releases(stack),
            release => release.Name == "istiod").Tree["values"]["meshConfig"]["extensionProviders"][0];
        Assert.Equal(service, known["opentelemetry"]["service"].Text);
    }

    private static IReadOnlyList<Observed> Releases(Observation stack) =>
        [.. stack.Resources.Where(one => one.Type == "kubernetes:helm.sh/v3:Release")];

    private static bool ComesAfter(Observation stack, string later, string earlier) =>
        ComesAfter(stack, Assert.Single(Releases(stack), one => one.Name == later), earlier);

    private static bool ComesAfter(Observation stack, Observed later, string release) => later.DependsOn.Any(id =>
        id == $"kubernetes:helm.sh/v3:Release::{release}"
            || (stack.Resources.FirstOrDefault(one => one.Id == id) is { } before && ComesAfter(stack, before, release)));
}
