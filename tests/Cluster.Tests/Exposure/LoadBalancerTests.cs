using Bookinfo.Tests.Cluster.Support;

namespace Bookinfo.Tests.Cluster.Exposure;

[Collection(nameof(OneAfterAnother))]
public sealed class LoadBalancerTests
{
    [Theory]
    [InlineData("aws", "false", "service.beta.kubernetes.io/aws-load-balancer-scheme=internet-facing")]
    [InlineData("aws", "true", "service.beta.kubernetes.io/aws-load-balancer-scheme=internal")]
    [InlineData("azure", "true", "service.beta.kubernetes.io/azure-load-balancer-internal=true")]
    [InlineData("gcp", "false", "cloud.google.com/l4-rbs=enabled")]
    [InlineData("gcp", "true", "networking.gke.io/load-balancer-type=Internal")]
    [InlineData("oracle", "true", "service.beta.kubernetes.io/oci-load-balancer-internal=true")]
    [InlineData("openstack", "true", "service.beta.kubernetes.io/openstack-internal-load-balancer=true")]
    public async Task Annotations_EachCloud_KeepsItsBalancerInsideInItsOwnWay(string cloud, string inside, string annotation) =>
        Assert.Contains(annotation, await AnnotationsAsync($"exposure:cloud={cloud}", $"exposure:internal={inside}"));

    [Theory]
    [InlineData("azure", "azure-load-balancer-internal")]
    [InlineData("gcp", "load-balancer-type")]
    [InlineData("oracle", "oci-load-balancer-internal")]
    public async Task Annotations_NotAskedToBeInternal_SayNothingOfIt(string cloud, string annotation) =>
        Assert.DoesNotContain(await AnnotationsAsync($"exposure:cloud={cloud}"), one => one.Contains(annotation, StringComparison.Ordinal));

    [Theory]
    [InlineData("aws", "service.beta.kubernetes.io/aws-load-balancer-ssl-cert", "arn:aws:acm:eu-central-1:111122223333:certificate/1")]
    [InlineData("oracle", "service.beta.kubernetes.io/oci-load-balancer-tls-secret", "mine")]
    [InlineData("openstack", "loadbalancer.openstack.org/default-tls-container-ref", "https://barbican.example.com/v1/containers/0a1b")]
    public async Task Annotations_ACertificate_EndsTlsAtTheBalancer(string cloud, string annotation, string certificate)
    {
        var stack = await Observation.OfAsync("exposure:kinds=loadbalancer", $"exposure:cloud={cloud}",
            $"exposure:certificate={certificate}");
        var service = stack.Manifest("Service", "productpage-loadbalancer").Tree;
        Assert.Equal(certificate, service["metadata"]["annotations"][annotation].Text);
        Assert.Equal(443, service["spec"]["ports"][0]["port"].Number);
        Assert.StartsWith("https://", await stack.OutputAsync("loadBalancerUrl"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Annotations_AccessLogs_GoToTheBucket() =>
        Assert.Contains(
            "service.beta.kubernetes.io/aws-load-balancer-attributes=access_logs.s3.enabled=true,access_logs.s3.bucket=logs",
            await AnnotationsAsync("exposure:cloud=aws", "exposure:accessLogs=logs"));

    [Fact]
    public async Task NoCloud_NoAnnotationsAndNoClass()
    {
        Assert.Empty(await AnnotationsAsync());
        Assert.False((await Observation.OfAsync("exposure:kinds=loadbalancer"))
            .Manifest("Service", "productpage-loadbalancer").Tree["spec"]["loadBalancerClass"].Exists);
    }

    [Fact]
    public async Task SourceRanges_AreHandedOn() =>
        Assert.Equal(["192.0.2.0/24", "10.0.0.0/8"],
            (await Observation.OfAsync("exposure:kinds=loadbalancer", "exposure:sourceRanges=192.0.2.0/24,10.0.0.0/8"))
            .Manifest("Service", "productpage-loadbalancer").Tree["spec"]["loadBalancerSourceRanges"].Items.Select(range => range.Text));

    private static async Task<IReadOnlyList<string>> AnnotationsAsync(params string[] config) =>
        [.. (await Observation.OfAsync(["exposure:kinds=loadbalancer", .. config])).Manifest("Service", "productpage-loadbalancer")
            .Tree["metadata"]["annotations"].Texts.Select(pair => $"{pair.Key}={pair.Value}")];
}
