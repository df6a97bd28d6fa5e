using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Bookinfo.Mesh.KubernetesApi.Objects;
using Bookinfo.Mesh.KubernetesApi.Resources;

namespace Bookinfo.Tests.KubernetesApi.Requests;

public sealed class WatchTests(RunningApi api) : IClassFixture<RunningApi>
{
    private const int Changes = 10_000;

    [Fact]
    public async Task Watch_ManyChanges_SeesEachOnceAndInOrder()
    {
        using var events = await WatchAsync($"/api/v1/namespaces/default/configmaps?watch=true&resourceVersion={api.Store.Revision}");
        for (var i = 0; i < Changes; i++)
        {
            api.Store.Put(KubernetesKinds.ConfigMap, Object("busy", i));
        }

        for (var i = 0; i < Changes; i++)
        {
            var (type, resource) = await NextAsync(events);
            Assert.Equal(i == 0 ? "ADDED" : "MODIFIED", type);
            Assert.Equal(i.ToString(CultureInfo.InvariantCulture), resource.Text("data", "n"));
        }
    }

    [Fact]
    public async Task Watch_WithoutARevision_BeginsWithWhatIsThere()
    {
        api.Store.Put(KubernetesKinds.Secret, Object("one", 1));
        using var events = await WatchAsync("/api/v1/namespaces/default/secrets?watch=true");
        api.Store.Remove(KubernetesKinds.Secret, "default", "one");

        Assert.Equal("ADDED", (await NextAsync(events)).Type);
        Assert.Equal("DELETED", (await NextAsync(events)).Type);
    }

    [Fact]
    public async Task Watch_ObjectThatNoLongerMatches_IsGone()
    {
        using var events = await WatchAsync(
            $"/api/v1/serviceaccounts?watch=true&labelSelector=app%3Da&resourceVersion={api.Store.Revision}");
        foreach (var label in new[] { "b", "a", "b" })
        {
            var account = Object("changing", 0);
            account.Metadata()["labels"] = new JsonObject { ["app"] = label };
            api.Store.Put(KubernetesKinds.ServiceAccount, account);
        }

        Assert.Equal("ADDED", (await NextAsync(events)).Type);
        var (type, last) = await NextAsync(events);
        Assert.Equal("DELETED", type);
        Assert.Equal("a", last.Text("metadata", "labels", "app"));
    }

    [Fact]
    public async Task Watch_InitialEventsAskedFor_EndInABookmark()
    {
        api.Store.Put(KubernetesKinds.Endpoints, Object("some", 1));
        using var events = await WatchAsync(
            "/api/v1/endpoints?watch=true&sendInitialEvents=true&allowWatchBookmarks=true&resourceVersionMatch=NotOlderThan");

        Assert.Equal("ADDED", (await NextAsync(events)).Type);
        var (type, bookmark) = await NextAsync(events);
        Assert.Equal("BOOKMARK", type);
        Assert.Equal("true", bookmark.Text("metadata", "annotations", "k8s.io/initial-events-end"));
    }

    [Fact]
    public async Task Watch_RevisionThatIsForgotten_Is410()
    {
        var from = api.Store.Revision;
        for (var i = 0; i < 40_001; i++)
        {
            api.Store.Put(KubernetesKinds.Event, Object("often", i));
        }

        var (status, answer, _) = await api.SendAsync(HttpMethod.Get, $"/api/v1/events?watch=true&resourceVersion={from}");

        Assert.Equal(HttpStatusCode.Gone, status);
        Assert.Equal("Expired", answer.Text("reason"));
    }

    private async Task<StreamReader> WatchAsync(string path) =>
        new(await api.Client.GetStreamAsync(path, TestContext.Current.CancellationToken));

    private static async Task<(string Type, JsonObject Resource)> NextAsync(StreamReader events)
    {
        var line = await events.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(60));
        var json = JsonNode.Parse(line!)!;
        return (json.Text("type")!, (JsonObject)json["object"]!);
    }

    private static JsonObject Object(string name, int number) => new()
    {
        ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = "default" },
        ["data"] = new JsonObject { ["n"] = number.ToString(CultureInfo.InvariantCulture) },
    };
}
