using Bookinfo.Mesh.KubernetesApi.Schemas;
using k8s.Models;

namespace Bookinfo.Tests.KubernetesApi.Schemas;

/// <summary>What <c>kubectl explain</c> says of Kubernetes' own types.</summary>
public sealed class ModelDescriptionsTests
{
    [Fact]
    public void Of_TypeAndProperty_IsKubernetesOwnDescription()
    {
        Assert.SkipUnless(ModelDescriptions.Of(typeof(V1Pod)).Length > 0,
            "the package KubernetesClient was restored without its documentation (NUGET_XMLDOC_MODE=skip)");

        Assert.Contains("Number of desired pods", ModelDescriptions.Of(typeof(V1DeploymentSpec), nameof(V1DeploymentSpec.Replicas)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Of_TypeThatIsNoModel_IsEmpty() => Assert.Empty(ModelDescriptions.Of(typeof(ModelDescriptionsTests)));
}
