using System.Text.Json.Nodes;
using Bookinfo.Mesh.KubernetesApi.FieldManagement;
using Bookinfo.Mesh.KubernetesApi.Objects;
using Bookinfo.Mesh.KubernetesApi.Schemas;
using k8s.Models;

namespace Bookinfo.Tests.KubernetesApi.FieldManagement;

/// <summary>
/// Server-side apply as Kubernetes' documentation describes it (Server-Side Apply: conflicts, merge strategy, comparison with client-side
/// apply), and the rows of <c>sigs.k8s.io/structured-merge-diff: merge/conflict_test.go</c> that it stands on.
/// </summary>
public sealed class FieldOwnershipTests
{
    private const string Ports = """{"spec":{"ports":[{"port":80,"protocol":"TCP","name":"http"}],"type":"ClusterIP"}}""";

    [Fact]
    public void Apply_FieldOfAnother_Is409WithItsManagerAndPath()
    {
        var live = Apply("one", null, Ports);

        var error = Assert.Throws<ApiException>(() => Apply("two", live, """{"spec":{"type":"NodePort"}}"""));

        Assert.Equal(409, error.Code);
        Assert.Equal("Apply failed with 1 conflict: conflict with \"one\": .spec.type", error.Message);
    }

    [Fact]
    public void Apply_FieldsOfAnother_AreListed()
    {
        var live = Apply("one", null, """{"spec":{"type":"ClusterIP","sessionAffinity":"None"}}""");

        var error = Assert.Throws<ApiException>(() => Apply("two", live, """{"spec":{"type":"NodePort","sessionAffinity":"ClientIP"}}"""));

        // k8s.io/apimachinery/pkg/util/managedfields/internal/conflict.go: getConflictMessage.
        Assert.Equal("Apply failed with 2 conflicts: conflicts with \"one\":\n- .spec.sessionAffinity\n- .spec.type", error.Message);
    }

    [Fact]
    public void Track_ManagedFieldsThatTheClientSends_AreKept()
    {
        var live = Apply("one", null, Ports);
        var moved = live.Copy();
        moved["metadata"]!["managedFields"]![0]!["manager"] = "two";

        new FieldOwnership(ModelSchemas.Of(typeof(V1Service)), "three", "v1", "t").Track(live, moved);

        Assert.Empty(PathsOf(moved, "one"));
        Assert.Contains(".spec.type", PathsOf(moved, "two"));
    }

    [Theory]
    [InlineData("[{}]", false)]
    [InlineData("""[{"manager":"x"}]""", true)]
    [InlineData("[]", true)]
    public void Track_ManagedFieldsThatAreNone_AreTakenAwayOnlyByOneEmptyEntry(string sent, bool stay)
    {
        var live = Apply("one", null, Ports);
        var changed = live.Copy();
        changed["metadata"]!["managedFields"] = JsonNode.Parse(sent);

        new FieldOwnership(ModelSchemas.Of(typeof(V1Service)), "three", "v1", "t").Track(live, changed);

        Assert.Equal(stay, PathsOf(changed, "one").Count > 0);
    }

    [Fact]
    public void Apply_ByForce_TakesTheFieldOver()
    {
        var live = Apply("one", null, Ports);

        live = Apply("two", live, """{"spec":{"type":"NodePort"}}""", force: true);

        Assert.Equal("NodePort", live.Text("spec", "type"));
        Assert.DoesNotContain(".spec.type", PathsOf(live, "one"));
        Assert.Equal([".spec.type"], PathsOf(live, "two"));
    }

    [Fact]
    public void Apply_SameValueAsAnother_IsShared()
    {
        var live = Apply("two", Apply("one", null, Ports), """{"spec":{"type":"ClusterIP"}}""");

        Assert.Contains(".spec.type", PathsOf(live, "one"));
        Assert.Contains(".spec.type", PathsOf(live, "two"));
    }

    [Fact]
    public void Apply_FieldLeftOut_IsRemovedWhereNoOtherHasIt()
    {
        var live = Apply("one", null, """{"spec":{"type":"ClusterIP","externalName":"x"},"metadata":{"labels":{"a":"1","b":"2"}}}""");
        live = Apply("two", live, """{"metadata":{"labels":{"b":"2"}}}""");

        live = Apply("one", live, """{"spec":{"type":"ClusterIP"}}""");

        Assert.Null(live.Text("spec", "externalName"));
        Assert.Equal("b=2", string.Join(',', live.Texts("metadata", "labels").Select(label => $"{label.Key}={label.Value}")));
    }

    [Fact]
    public void Apply_ItemsOfAList_AreToldApartByTheirKeys()
    {
        var live = Apply("two", Apply("one", null, Ports), """{"spec":{"ports":[{"port":443,"protocol":"TCP"}]}}""");
        Assert.Equal([80, 443], live.Items("spec", "ports").Select(port => port.Number("port")!.Value));

        live = Apply("one", live, """{"spec":{"type":"ClusterIP"}}""");

        Assert.Equal([443], live.Items("spec", "ports").Select(port => port.Number("port")!.Value));
    }

    [Fact]
    public void Track_ChangeByAnother_MovesTheFieldToIt()
    {
        var live = Apply("one", null, Ports);
        var edited = live.Copy();
        edited["spec"]!["type"] = "NodePort";

        new FieldOwnership(ModelSchemas.Of(typeof(V1Service)), "editor", "v1", "t").Track(live, edited);

        Assert.Equal([".spec.type"], PathsOf(edited, "editor"));
        Assert.DoesNotContain(".spec.type", PathsOf(edited, "one"));
        Assert.Throws<ApiException>(() => Apply("one", edited, Ports));
    }

    [Fact]
    public void Apply_TheSameAgain_ChangesNothing()
    {
        var live = Apply("one", null, Ports);

        Assert.True(JsonNode.DeepEquals(live, Apply("one", live, Ports, time: "later")));
    }

    private static JsonObject Apply(string manager, JsonObject? live, string wanted, bool force = false, string time = "now") =>
        new FieldOwnership(ModelSchemas.Of(typeof(V1Service)), manager, "v1", time)
            .Apply(live, (JsonObject)JsonNode.Parse(wanted)!, force);

    private static List<string> PathsOf(JsonObject resource, string manager) =>
        [.. ManagerEntry.Read(resource).Where(entry => entry.Manager == manager).SelectMany(entry => entry.Fields.Paths())];
}
