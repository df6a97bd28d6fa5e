using Bookinfo.Mesh.Istio;
using Bookinfo.Mesh.Istio.Problems;

namespace Bookinfo.Tests.Istio.Reading;

/// <summary>Parts of resources that kustomize joins with the rest are not rules that lack something.</summary>
public sealed class KustomizePatchTests
{
    private const string Part = """
        apiVersion: networking.istio.io/v1
        kind: Gateway
        metadata: {name: gw}
        spec: {selector: {app: mine}}
        """;

    [Theory]
    [InlineData("patches:\n- path: parts/gw.yaml")]
    [InlineData("patchesStrategicMerge:\n- parts/gw.yaml")]
    [InlineData("patchesJson6902:\n- path: parts/gw.yaml\n  target: {kind: Gateway, name: gw}")]
    public void Read_FileThatAKustomizationNamesAsPatch_IsPassedOver(string kustomization)
    {
        var reading = RuleReader.Read(
            new RuleSource("apps/kustomization.yaml", $"resources: [all.yaml]\n{kustomization}"), new RuleSource("apps/parts/gw.yaml", Part));

        var problem = Assert.Single(reading.Problems);
        Assert.Equal(MessageTypes.PassedOver, problem.Type);
        Assert.Contains("1 kustomize patch", problem.Message, StringComparison.Ordinal);
        Assert.Empty(reading.Rules.Gateways);
    }

    [Fact]
    public void Read_FileOfTheSameNameElsewhere_IsRead()
    {
        var reading = RuleReader.Read(
            new RuleSource("apps/kustomization.yaml", "patches:\n- path: parts/gw.yaml"), new RuleSource("other/parts/gw.yaml", Part));

        Assert.Single(reading.Rules.Gateways);
    }

    [Fact]
    public void Read_ResourceThatAPatchDeletes_IsPassedOver()
    {
        var reading = Rules.Read("$patch: delete\n" + Part);

        Assert.Equal(MessageTypes.PassedOver, Assert.Single(reading.Problems).Type);
        Assert.Empty(reading.Rules.Gateways);
    }
}
