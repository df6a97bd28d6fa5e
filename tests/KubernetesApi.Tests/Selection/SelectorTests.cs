using System.Text.Json.Nodes;
using Bookinfo.Mesh.KubernetesApi.Objects;
using Bookinfo.Mesh.KubernetesApi.Resources;
using Bookinfo.Mesh.KubernetesApi.Selection;

namespace Bookinfo.Tests.KubernetesApi.Selection;

/// <summary>Selectors as in <c>k8s.io/apimachinery/pkg/labels/selector_test.go</c> and <c>pkg/fields/selector_test.go</c>.</summary>
public sealed class SelectorTests
{
    [Theory]
    [InlineData("", "x=y", true)]
    [InlineData("x=y", "x=y", true)]
    [InlineData("x==y", "x=y", true)]
    [InlineData("x=y,z=w", "x=y,z=w", true)]
    [InlineData("x!=y,z!=w", "x=z,z=a", true)]
    [InlineData("notin=in", "notin=in", true)]
    [InlineData("x", "x=z", true)]
    [InlineData("!x", "y=z", true)]
    [InlineData("x in (a,b)", "x=b", true)]
    [InlineData("x notin (a,b)", "x=c", true)]
    [InlineData("x notin (a,b)", "y=a", true)]
    [InlineData("x=z", "x=w", false)]
    [InlineData("x!=y,z!=w", "x=z,z=w", false)]
    [InlineData("x=y,z=w", "x=y", false)]
    [InlineData("x", "y=z", false)]
    [InlineData("!x", "x=z", false)]
    [InlineData("x in (a,b)", "y=a", false)]
    [InlineData("x notin (a,b)", "x=a", false)]
    public void LabelSelector_Matches_AsKubernetesDoes(string selector, string labels, bool expected) =>
        Assert.Equal(expected, LabelSelector.Parse(selector).Matches(
            labels.Split(',').Select(label => label.Split('=')).ToDictionary(label => label[0], label => label[1])));

    [Theory]
    [InlineData("x=a||y=b")]
    [InlineData("x==a==b")]
    [InlineData("!x=a")]
    [InlineData("x<a")]
    [InlineData("x in a")]
    [InlineData(",")]
    public void LabelSelector_NotOne_Is400(string selector) =>
        Assert.Equal(400, Assert.Throws<ApiException>(() => LabelSelector.Parse(selector)).Code);

    [Theory]
    [InlineData("metadata.name=a", true)]
    [InlineData("metadata.name==a,status.phase=Running", true)]
    [InlineData("metadata.name!=a", false)]
    [InlineData("metadata.name=b", false)]
    [InlineData("spec.nodeName=", true)]
    public void FieldSelector_Matches_ByPath(string selector, bool expected) => Assert.Equal(expected,
        FieldSelector.Parse(selector, KubernetesKinds.Pod).Matches(
            (JsonObject)JsonNode.Parse("""{"metadata":{"name":"a"},"status":{"phase":"Running"}}""")!));

    [Theory]
    [InlineData("name")]
    [InlineData("spec.containers=a")]
    public void FieldSelector_NotOneOfTheKind_Is400(string selector) =>
        Assert.Equal(400, Assert.Throws<ApiException>(() => FieldSelector.Parse(selector, KubernetesKinds.Pod)).Code);
}
