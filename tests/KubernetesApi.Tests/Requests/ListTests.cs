using System.Net;
using System.Text.Json.Nodes;
using Bookinfo.Mesh.KubernetesApi.Objects;

namespace Bookinfo.Tests.KubernetesApi.Requests;

public sealed class ListTests(RunningApi api) : IClassFixture<RunningApi>
{
    private const string Table = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";

    [Fact]
    public async Task List_InParts_GivesEveryObjectOnceAsOfTheFirstPart()
    {
        var path = await FillAsync("parts", 10);
        var (_, page, _) = await api.SendAsync(HttpMethod.Get, $"{path}?limit=4");
        Assert.Equal(6, page.Number("metadata", "remainingItemCount"));
        await api.SendAsync(HttpMethod.Delete, $"{path}/m09");
        var names = Names(page);
        while (page.Text("metadata", "continue") is { } next)
        {
            (_, page, _) = await api.SendAsync(HttpMethod.Get, $"{path}?limit=4&continue={Uri.EscapeDataString(next)}");
            names.AddRange(Names(page));
        }

        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"m{i:00}"), names);
    }

    [Fact]
    public async Task List_RestThatIsNoLongerKept_IsGoneAndGoesOnWithWhatIsThere()
    {
        var path = await FillAsync("expired", 10);
        var (_, first, _) = await api.SendAsync(HttpMethod.Get, $"{path}?limit=4");
        for (var i = 0; i < 64; i++)
        {
            await api.SendAsync(HttpMethod.Get, $"{path}?limit=1");
        }

        await api.SendAsync(HttpMethod.Delete, $"{path}/m04");
        var (status, gone, _) = await api.SendAsync(HttpMethod.Get,
            $"{path}?limit=4&continue={Uri.EscapeDataString(first.Text("metadata", "continue")!)}");
        Assert.Equal((HttpStatusCode.Gone, "Expired"), (status, gone.Text("reason")));

        var (_, rest, _) = await api.SendAsync(HttpMethod.Get,
            $"{path}?limit=4&continue={Uri.EscapeDataString(gone.Text("metadata", "continue")!)}");
        Assert.Equal(["m05", "m06", "m07", "m08"], Names(rest));
    }

    [Theory]
    [InlineData("continue=rubbish", HttpStatusCode.BadRequest)]
    [InlineData("continue=eyJsaXN0IjoiOTkiLCJmcm9tIjoxfQ==", HttpStatusCode.Gone)]
    [InlineData("limit=-1", HttpStatusCode.BadRequest)]
    [InlineData("labelSelector=a||b", HttpStatusCode.BadRequest)]
    public async Task List_OptionThatCannotBeRead_IsAStatus(string query, HttpStatusCode status) =>
        Assert.Equal(status, (await api.SendAsync(HttpMethod.Get, $"/api/v1/configmaps?{query}")).Status);

    [Fact]
    public async Task List_Selectors_GiveWhatMatches()
    {
        var path = await FillAsync("selected", 4);

        var byLabel = await api.SendAsync(HttpMethod.Get, $"{path}?labelSelector=parity%3Deven");
        var byField = await api.SendAsync(HttpMethod.Get, $"{path}?fieldSelector=metadata.name%3Dm01");

        Assert.Equal(["m00", "m02"], Names(byLabel.Body));
        Assert.Equal(["m01"], Names(byField.Body));
    }

    [Fact]
    public async Task List_AsTable_HasColumnsAndCells()
    {
        var path = await FillAsync("table", 1);

        var (_, table, _) = await api.SendAsync(HttpMethod.Get, path, accept: Table);

        Assert.Equal("Table", table.Text("kind"));
        Assert.Equal(["Name", "Data", "Age"], table.Items("columnDefinitions").Select(column => column.Text("name")));
        var row = table.Items("rows").Single();
        Assert.Equal("m00", row["cells"]![0]!.GetValue<string>());
        Assert.Equal(1, row["cells"]![1]!.GetValue<int>());
        Assert.Equal("PartialObjectMetadata", row.Text("object", "kind"));
    }

    [Fact]
    public async Task List_AcceptOfNothingThatIsWrittenHere_Is406() =>
        Assert.Equal(HttpStatusCode.NotAcceptable, (await api.SendAsync(HttpMethod.Get, "/api/v1/pods", accept: "text/html")).Status);

    [Fact]
    public async Task Discovery_BothForms_HaveTheSameKinds()
    {
        var (_, old, _) = await api.SendAsync(HttpMethod.Get, "/apis/example.com/v1");
        var (_, fresh, _) = await api.SendAsync(HttpMethod.Get, "/apis",
            accept: "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList");

        Assert.Equal(["widgets"], old.Items("resources").Select(resource => resource.Text("name")));
        var group = fresh.Items("items").Single(item => item.Text("metadata", "name") == "example.com");
        Assert.Equal(["v1", "v1beta1"], group.Items("versions").Select(version => version.Text("version")));
        Assert.Equal("widgets", group.Items("versions").First().Items("resources").Single().Text("resource"));
    }

    [Fact]
    public async Task OpenApi_EachDocumentOfTheIndex_NamesItsKinds()
    {
        var (_, index, _) = await api.SendAsync(HttpMethod.Get, "/openapi/v3");

        foreach (var (path, entry) in (JsonObject)index["paths"]!)
        {
            var (status, document, _) = await api.SendAsync(HttpMethod.Get, entry.Text("serverRelativeURL")!);
            Assert.Equal(HttpStatusCode.OK, status);
            Assert.Contains((JsonObject)document["paths"]!, route => route.Key.Contains(path, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task OpenApi_ListsOfAPod_SayHowTheyAreMerged()
    {
        var (_, document, _) = await api.SendAsync(HttpMethod.Get, "/openapi/v3/api/v1");

        var containers = document.At("components", "schemas", "io.k8s.api.v1.PodSpec", "properties", "containers");

        Assert.Equal("name", containers.Text("x-kubernetes-patch-merge-key"));
        Assert.Equal(["name"], containers.Words("x-kubernetes-list-map-keys"));
    }

    private async Task<string> FillAsync(string space, int count)
    {
        await api.CreateAsync("/api/v1/namespaces", $$$"""{"metadata":{"name":"{{{space}}}"}}""");
        var path = $"/api/v1/namespaces/{space}/configmaps";
        for (var i = 0; i < count; i++)
        {
            var parity = i % 2 == 0 ? "even" : "odd";
            await api.CreateAsync(path, $$$"""{"metadata":{"name":"m{{{i:00}}}","labels":{"parity":"{{{parity}}}"}},"data":{"a":"b"}}""");
        }

        return path;
    }

    private static List<string> Names(JsonObject list) => [.. list.Items("items").Select(item => item.Name())];
}
