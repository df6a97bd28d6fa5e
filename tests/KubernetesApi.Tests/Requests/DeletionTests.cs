using System.Net;
using Bookinfo.Mesh.KubernetesApi.Objects;
using Bookinfo.Tests.Support;

namespace Bookinfo.Tests.KubernetesApi.Requests;

/// <summary>
/// What holds a deletion up, and what goes with an object (<c>k8s.io/apiserver/pkg/registry/generic/registry/store_test.go</c>).
/// </summary>
public sealed class DeletionTests(RunningApi api) : IClassFixture<RunningApi>
{
    private const string ConfigMaps = "/api/v1/namespaces/default/configmaps";
    private const string MergePatch = "application/merge-patch+json";

    [Fact]
    public async Task Delete_ObjectWithAFinalizer_StaysUntilTheFinalizerGoes()
    {
        await api.CreateAsync(ConfigMaps, """{"metadata":{"name":"held","finalizers":["example.com/hold"]}}""");

        var (status, deleted, _) = await api.SendAsync(HttpMethod.Delete, $"{ConfigMaps}/held");
        Assert.Equal((HttpStatusCode.OK, "ConfigMap"), (status, deleted.Text("kind")));
        Assert.NotNull((await api.SendAsync(HttpMethod.Get, $"{ConfigMaps}/held")).Body.Text("metadata", "deletionTimestamp"));

        await api.SendAsync(HttpMethod.Patch, $"{ConfigMaps}/held", """{"metadata":{"finalizers":null}}""", MergePatch);
        Assert.Equal(HttpStatusCode.NotFound, (await api.SendAsync(HttpMethod.Get, $"{ConfigMaps}/held")).Status);
    }

    [Theory]
    [InlineData("Orphan", HttpStatusCode.OK)]
    [InlineData("Foreground", HttpStatusCode.NotFound)]
    [InlineData("Background", HttpStatusCode.NotFound)]
    public async Task Delete_Owner_PropagatesAsAskedFor(string policy, HttpStatusCode expected)
    {
        var (owner, owned) = ($"owner-{policy.ToLowerInvariant()}", $"owned-{policy.ToLowerInvariant()}");
        var uid = (await api.CreateAsync(ConfigMaps, $$$"""{"metadata":{"name":"{{{owner}}}"}}""")).Uid();
        var reference = $$"""{"apiVersion":"v1","kind":"ConfigMap","name":"{{owner}}","uid":"{{uid}}"}""";
        await api.CreateAsync(ConfigMaps, $$$"""{"metadata":{"name":"{{{owned}}}","ownerReferences":[{{{reference}}}]}}""");

        await api.SendAsync(HttpMethod.Delete, $"{ConfigMaps}/{owner}", $$"""{"propagationPolicy":"{{policy}}"}""");

        var (status, left, _) = await api.SendAsync(HttpMethod.Get, $"{ConfigMaps}/{owned}");
        Assert.Equal(expected, status);
        Assert.Empty(left.Items("metadata", "ownerReferences"));
    }

    [Fact]
    public async Task Delete_OwnerInTheForeground_StaysUntilWhatItOwnsIsGone()
    {
        var uid = (await api.CreateAsync(ConfigMaps, """{"metadata":{"name":"first"}}""")).Uid();
        var reference = $$"""{"apiVersion":"v1","kind":"ConfigMap","name":"first","uid":"{{uid}}","blockOwnerDeletion":true}""";
        await api.CreateAsync(ConfigMaps,
            $$$"""{"metadata":{"name":"second","finalizers":["example.com/hold"],"ownerReferences":[{{{reference}}}]}}""");

        await api.SendAsync(HttpMethod.Delete, $"{ConfigMaps}/first", """{"propagationPolicy":"Foreground"}""");

        var (_, first, _) = await api.SendAsync(HttpMethod.Get, $"{ConfigMaps}/first");
        Assert.Equal("foregroundDeletion", Assert.Single(first.Words("metadata", "finalizers")));
        Assert.NotNull((await api.SendAsync(HttpMethod.Get, $"{ConfigMaps}/second")).Body.Text("metadata", "deletionTimestamp"));

        await api.SendAsync(HttpMethod.Patch, $"{ConfigMaps}/second", """{"metadata":{"finalizers":null}}""", MergePatch);

        Assert.Equal(HttpStatusCode.NotFound, (await api.SendAsync(HttpMethod.Get, $"{ConfigMaps}/first")).Status);
    }

    [Theory]
    [InlineData("/api/v1/namespaces/default", HttpStatusCode.Forbidden)]
    [InlineData("/api/v1/namespaces", HttpStatusCode.MethodNotAllowed)]
    [InlineData("/api/v1/configmaps", HttpStatusCode.MethodNotAllowed)]
    public async Task Delete_MoreThanAnApiServerLetsGo_IsRefused(string path, HttpStatusCode expected) =>
        Assert.Equal(expected, (await api.SendAsync(HttpMethod.Delete, path)).Status);

    [Fact]
    public async Task Delete_PropagationThatThereIsNot_IsABadRequest() => Assert.Equal(HttpStatusCode.BadRequest,
        (await api.SendAsync(HttpMethod.Delete, $"{ConfigMaps}/any", """{"propagationPolicy":"Sideways"}""")).Status);

    [Fact]
    public async Task Delete_Namespace_IsTerminatingUntilItIsEmpty()
    {
        await api.CreateAsync("/api/v1/namespaces", """{"metadata":{"name":"going"}}""");
        await api.CreateAsync("/api/v1/namespaces/going/configmaps", """{"metadata":{"name":"held","finalizers":["example.com/hold"]}}""");

        await api.SendAsync(HttpMethod.Delete, "/api/v1/namespaces/going");

        var (_, space, _) = await api.SendAsync(HttpMethod.Get, "/api/v1/namespaces/going");
        Assert.Equal("Terminating", space.Text("status", "phase"));
        var (status, refused, _) = await api.SendAsync(
            HttpMethod.Post, "/api/v1/namespaces/going/configmaps", """{"metadata":{"name":"late"}}""");
        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Contains("because it is being terminated", refused.Text("message"), StringComparison.Ordinal);
        await Eventually.HoldsAsync(async () => (await api.SendAsync(HttpMethod.Get, "/api/v1/namespaces/going/configmaps/held"))
            .Body.Text("metadata", "deletionTimestamp") is not null, "its content is to go");

        await api.SendAsync(HttpMethod.Patch, "/api/v1/namespaces/going/configmaps/held", """{"metadata":{"finalizers":[]}}""", MergePatch);

        Assert.Equal(HttpStatusCode.NotFound, (await api.SendAsync(HttpMethod.Get, "/api/v1/namespaces/going")).Status);
    }
}
