using System.Text.Json.Nodes;
using Bookinfo.Mesh.KubernetesApi.Objects;
using Bookinfo.Mesh.KubernetesApi.Patching;
using Bookinfo.Mesh.KubernetesApi.Schemas;
using k8s.Models;

namespace Bookinfo.Tests.KubernetesApi.Patching;

/// <summary>
/// Lists are merged by the keys of Kubernetes' own types; directives as in
/// <c>k8s.io/apimachinery/pkg/util/strategicpatch/patch_test.go</c> and the community's document on strategic merge patches.
/// </summary>
public sealed class StrategicMergePatchTests
{
    private const string Pod = """
        {"spec":{"containers":[{"name":"a","image":"a:1","env":[{"name":"X","value":"1"}]},{"name":"b","image":"b:1"}]},
         "metadata":{"finalizers":["one"]}}
        """;

    [Theory]
    [InlineData("""{"spec":{"containers":[{"name":"b","image":"b:2"}]}}""", """["a:1","b:2"]""")]
    [InlineData("""{"spec":{"containers":[{"name":"c","image":"c:1"}]}}""", """["a:1","b:1","c:1"]""")]
    [InlineData("""{"spec":{"containers":[{"name":"a","$patch":"delete"}]}}""", """["b:1"]""")]
    [InlineData("""{"spec":{"containers":[{"$patch":"replace"},{"name":"c","image":"c:1"}]}}""", """["c:1"]""")]
    [InlineData("""{"spec":{"$setElementOrder/containers":[{"name":"b"},{"name":"a"}]}}""", """["b:1","a:1"]""")]
    public void Apply_ListOfContainers_IsMergedByName(string patch, string images)
    {
        var pod = Apply(patch);

        Assert.Equal(images, new JsonArray([.. pod.Items("spec", "containers").Select(each => each["image"]!.DeepClone())]).ToJsonString());
    }

    [Fact]
    public void Apply_ListInAnItem_IsMergedToo()
    {
        var pod = Apply("""{"spec":{"containers":[{"name":"a","env":[{"name":"Y","value":"2"}]}]}}""");

        Assert.Equal(["X", "Y"], pod.Items("spec", "containers").First().Items("env").Select(variable => variable.Text("name")));
    }

    [Theory]
    [InlineData("""{"metadata":{"finalizers":["two"]}}""", "one,two")]
    [InlineData("""{"metadata":{"$deleteFromPrimitiveList/finalizers":["one"],"finalizers":["three"]}}""", "three")]
    public void Apply_SetOfTexts_IsAddedTo(string patch, string expected) =>
        Assert.Equal(expected, string.Join(',', Apply(patch).Words("metadata", "finalizers")));

    [Fact]
    public void Apply_ReplaceDirective_ReplacesTheObject() =>
        Assert.Equal("""{"nodeName":"n"}""", Apply("""{"spec":{"$patch":"replace","nodeName":"n"}}""")["spec"]!.ToJsonString());

    [Fact]
    public void Apply_RetainKeys_TakesTheOthersAway() =>
        Assert.Equal("""{"nodeName":"n"}""",
            Apply("""{"spec":{"$retainKeys":["nodeName"],"nodeName":"n"}}""")["spec"]!.ToJsonString());

    [Theory]
    [InlineData("""{"spec":{"containers":[{"image":"x"}]}}""")]
    [InlineData("""{"spec":{"$patch":"paint"}}""")]
    public void Apply_PatchThatCannotBeRead_Is400(string patch) =>
        Assert.Equal(400, Assert.Throws<ApiException>(() => Apply(patch)).Code);

    private static JsonObject Apply(string patch) => StrategicMergePatch.Apply(
        (JsonObject)JsonNode.Parse(Pod)!, (JsonObject)JsonNode.Parse(patch)!, ModelSchemas.Of(typeof(V1Pod)));
}
