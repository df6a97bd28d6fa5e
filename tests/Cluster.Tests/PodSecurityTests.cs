using Bookinfo.Tests.Cluster.Support;

namespace Bookinfo.Tests.Cluster;

/// <summary>
/// Pod Security "restricted" (kubernetes.io, Pod Security Standards) as the API server's admission checks it, on every pod of every stack.
/// </summary>
[Collection(nameof(OneAfterAnother))]
public sealed class PodSecurityTests
{
    private static readonly string[] VolumesAllowed =
        ["configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim", "projected", "secret"];
    private static readonly string[] HostFields = ["hostNetwork", "hostPID", "hostIPC"];
    private static readonly string[] ResourceKinds = ["requests", "limits"];

    [Theory]
    [MemberData(nameof(Choices.Names), MemberType = typeof(Choices))]
    public async Task Pods_EveryOne_PassesRestricted(string choice)
    {
        foreach (var pod in PodTemplates.Of(await Choices.DeployAsync(choice)))
        {
            var security = pod.Spec["securityContext"];
            Assert.True(security["runAsNonRoot"].IsTrue);
            Assert.NotEqual(0, security["runAsUser"].Number);
            Assert.Equal("RuntimeDefault", security["seccompProfile"]["type"].Text);
            Assert.All(HostFields, field => Assert.False(pod.Spec[field].IsTrue));
            Assert.All(pod.Spec["volumes"].Items, volume => Assert.Single(volume.Fields.Keys.Except(["name"]), VolumesAllowed.Contains));
            Assert.All(pod.Containers, container =>
            {
                Assert.True(container["securityContext"]["allowPrivilegeEscalation"].IsFalse);
                Assert.Equal(["ALL"], container["securityContext"]["capabilities"]["drop"].Items.Select(one => one.Text));
                Assert.False(container["securityContext"]["capabilities"]["add"].Exists);
                Assert.All(container["ports"].Items, port => Assert.False(port["hostPort"].Exists));
            });
        }
    }

    [Theory]
    [MemberData(nameof(Choices.Names), MemberType = typeof(Choices))]
    public async Task Pods_EveryOne_HasAReadOnlyRootLimitsAndNoToken(string choice)
    {
        foreach (var pod in PodTemplates.Of(await Choices.DeployAsync(choice)))
        {
            Assert.True(pod.Spec["automountServiceAccountToken"].IsFalse);
            Assert.All(pod.Containers, container =>
            {
                Assert.True(container["securityContext"]["readOnlyRootFilesystem"].IsTrue);
                Assert.All(ResourceKinds, kind => Assert.Equal(["cpu", "memory"], container["resources"][kind].Fields.Keys.Order()));
            });
        }
    }

    [Theory]
    [InlineData("restricted", new string[0])]
    [InlineData("restricted", new[] { "mesh:kind=istio" })]
    [InlineData("privileged", new[] { "mesh:kind=istio", "mesh:cni=false" })]
    [InlineData("privileged", new[] { "mesh:kind=linkerd", "mesh:cni=false", "exposure:kinds=nodeport" })]
    public async Task Namespace_Enforces_WhatTheMeshsInitContainerLeavesPossible(string level, string[] config)
    {
        var labels = (await Observation.OfAsync(config)).Manifest("Namespace", "bookinfo").Tree["metadata"]["labels"];
        Assert.Equal(level, labels["pod-security.kubernetes.io/enforce"].Text);
        Assert.Equal("restricted", labels["pod-security.kubernetes.io/warn"].Text);
    }

    [Fact]
    public async Task Pods_OfServices_AreGivenLongerToEndThanDrainAndShutdownTake()
    {
        foreach (var pod in PodTemplates.Of(await Observation.OfAsync()).Where(pod => pod.Workload.Kind == "Deployment"))
        {
            var settings = pod.Containers[0]["env"].Items.ToDictionary(variable => variable["name"].Text,
                variable => variable["value"].Text);
            Assert.True(pod.Spec["terminationGracePeriodSeconds"].Number > int.Parse(settings["DRAIN_SECONDS"]) + int.Parse(
                settings["SHUTDOWN_SECONDS"]));
        }
    }
}
