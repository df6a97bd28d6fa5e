using System.Net;
using System.Text.Json.Nodes;
using Bookinfo.Mesh.KubernetesApi.Objects;

namespace Bookinfo.Tests.KubernetesApi.Requests;

/// <summary>What an API server answers to good and bad writes of objects.</summary>
public sealed class ObjectTests(RunningApi api) : IClassFixture<RunningApi>
{
    private const string ConfigMaps = "/api/v1/namespaces/default/configmaps";

    [Fact]
    public async Task Create_ThenCreateAgain_IsThereAlready()
    {
        var made = await api.CreateAsync(ConfigMaps, Map("twice"));
        Assert.NotEmpty(made.Uid());
        Assert.Equal("default", made.Namespace());
        Assert.Null(made.Number("metadata", "generation"));

        var (status, answer, _) = await api.SendAsync(HttpMethod.Post, ConfigMaps, Map("twice"));

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Equal("AlreadyExists", answer.Text("reason"));
        Assert.Equal("configmaps \"twice\" already exists", answer.Text("message"));
    }

    [Theory]
    [InlineData("{\"metadata\":{\"name\":\"Upper\"}}", 422, "Invalid")]
    [InlineData("{\"metadata\":{}}", 422, "Invalid")]
    [InlineData("{\"metadata\":{\"name\":\"a\",\"labels\":{\"a b\":\"c\"}}}", 422, "Invalid")]
    [InlineData("{\"metadata\":{\"name\":\"a\",\"labels\":{\"a\":\"c d\"}}}", 422, "Invalid")]
    [InlineData("{\"metadata\":{\"name\":\"a\",\"annotations\":{\"a/b/c\":\"\"}}}", 422, "Invalid")]
    [InlineData("{\"metadata\":7}", 400, "BadRequest")]
    [InlineData("{\"kind\":\"Secret\",\"metadata\":{\"name\":\"a\"}}", 400, "BadRequest")]
    [InlineData("{\"apiVersion\":\"v2\",\"metadata\":{\"name\":\"a\"}}", 400, "BadRequest")]
    [InlineData("{\"metadata\":{\"name\":\"a\",\"namespace\":\"other\"}}", 400, "BadRequest")]
    [InlineData("{\"metadata\":{\"name\":\"a\",\"resourceVersion\":\"5\"}}", 400, "BadRequest")]
    [InlineData("{\"metadata\":{\"name\":\"a\"},\"data\":[]}", 400, "BadRequest")]
    [InlineData("{\"metadata\":", 400, "BadRequest")]
    [InlineData("[]", 400, "BadRequest")]
    [InlineData("", 400, "BadRequest")]
    public async Task Create_BadBody_IsAStatus(string body, int code, string reason)
    {
        var (status, answer, _) = await api.SendAsync(HttpMethod.Post, ConfigMaps, body);

        Assert.Equal(code, (int)status);
        Assert.Equal("Status", answer.Text("kind"));
        Assert.Equal(reason, answer.Text("reason"));
    }

    [Fact]
    public async Task Change_KindWhoseChangesAreCounted_HasANewGenerationForItsSpecOnly()
    {
        const string Widgets = "/apis/example.com/v1/namespaces/default/widgets";
        Assert.Equal(1, (await api.CreateAsync(Widgets, """{"metadata":{"name":"counted"},"spec":{"a":1}}"""))
            .Number("metadata", "generation"));

        var labelled = await PatchAsync("""{"metadata":{"labels":{"a":"b"}}}""");
        var changed = await PatchAsync("""{"spec":{"a":2}}""");

        Assert.Equal((1, 2), (labelled, changed));

        async Task<long?> PatchAsync(string patch) => (await api.SendAsync(
            HttpMethod.Patch, $"{Widgets}/counted", patch, "application/merge-patch+json")).Body.Number("metadata", "generation");
    }

    [Fact]
    public async Task Create_DeepBody_Is400() =>
        Assert.Equal(HttpStatusCode.BadRequest, (await api.SendAsync(HttpMethod.Post, ConfigMaps,
            string.Concat(Enumerable.Repeat("{\"a\":", 5000)) + "1" + new string('}', 5000))).Status);

    [Fact]
    public async Task Create_BodyAboveThreeMebibytes_Is413()
    {
        var (status, answer, _) = await api.SendAsync(HttpMethod.Post, ConfigMaps, Map("big", new string('x', 3 * 1024 * 1024)));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status);
        Assert.Equal("RequestEntityTooLarge", answer.Text("reason"));
    }

    [Fact]
    public async Task Create_NamespaceThatIsNotThere_Is404() => Assert.Equal("namespaces \"none\" not found",
        (await api.SendAsync(HttpMethod.Post, "/api/v1/namespaces/none/configmaps", Map("a"))).Body.Text("message"));

    [Theory]
    [InlineData("/api/v1/namespaces/default/nosuch")]
    [InlineData("/apis/nosuch.io/v1/things")]
    [InlineData("/api/v2/pods")]
    [InlineData("/nosuch")]
    [InlineData("/api/v1/namespaces/default/configmaps/a/b/c")]
    public async Task AnyPath_ThatIsNotThere_Is404(string path)
    {
        var (status, answer, _) = await api.SendAsync(HttpMethod.Get, path);

        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Equal("the server could not find the requested resource", answer.Text("message"));
    }

    [Fact]
    public async Task Create_UnknownField_IsRefusedOrLeftOutWithAWarning()
    {
        const string Body = """{"metadata":{"name":"extra"},"dada":{"a":"b"}}""";

        var strict = await api.SendAsync(HttpMethod.Post, $"{ConfigMaps}?fieldValidation=Strict&dryRun=All", Body);
        var warned = await api.SendAsync(HttpMethod.Post, $"{ConfigMaps}?dryRun=All", Body);
        var ignored = await api.SendAsync(HttpMethod.Post, $"{ConfigMaps}?fieldValidation=Ignore&dryRun=All", Body);

        Assert.Equal(HttpStatusCode.BadRequest, strict.Status);
        Assert.Contains("strict decoding error: unknown field \"dada\"", strict.Body.Text("message"), StringComparison.Ordinal);
        Assert.Equal(["299 - \"unknown field \\\"dada\\\"\""], warned.Warnings);
        Assert.Null(warned.Body["dada"]);
        Assert.Empty(ignored.Warnings);
    }

    [Fact]
    public async Task DryRun_AnyWrite_ChangesNothing()
    {
        await api.CreateAsync(ConfigMaps, Map("dry", "1"));
        var before = api.Store.Revision;

        var created = await api.SendAsync(HttpMethod.Post, $"{ConfigMaps}?dryRun=All", Map("dry-new"));
        var patched = await api.SendAsync(HttpMethod.Patch, $"{ConfigMaps}/dry?dryRun=All", """{"data":{"a":"2"}}""",
            "application/merge-patch+json");
        var deleted = await api.SendAsync(HttpMethod.Delete, $"{ConfigMaps}/dry?dryRun=All");

        Assert.Equal(HttpStatusCode.Created, created.Status);
        Assert.Equal("2", patched.Body.Text("data", "a"));
        Assert.Equal(HttpStatusCode.OK, deleted.Status);
        Assert.Equal(before, api.Store.Revision);
    }

    [Fact]
    public async Task Replace_StaleRevision_IsAConflict()
    {
        var made = await api.CreateAsync(ConfigMaps, Map("stale", "1"));
        var fresh = made.Copy();
        fresh["data"]!["a"] = "2";
        Assert.Equal(HttpStatusCode.OK, (await api.SendAsync(HttpMethod.Put, $"{ConfigMaps}/stale", fresh.ToText())).Status);

        var (status, answer, _) = await api.SendAsync(HttpMethod.Put, $"{ConfigMaps}/stale", made.ToText());

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("the object has been modified; please apply your changes to the latest version and try again",
            answer.Text("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Patch_ManyWritersAtOnce_AllAreInTheObject()
    {
        await api.CreateAsync(ConfigMaps, Map("many"));

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(PatchAsync));

        Assert.All(answers, status => Assert.Equal(HttpStatusCode.OK, status));
        var (_, map, _) = await api.SendAsync(HttpMethod.Get, $"{ConfigMaps}/many");
        Assert.Equal(50, map.Texts("data").Count(entry => entry.Key != "a"));

        // After five lost races an API server gives up (patch.go: MaxRetryWhenPatchConflicts), and its clients begin again.
        async Task<HttpStatusCode> PatchAsync(int i)
        {
            for (var attempt = 1; ; attempt++)
            {
                var (status, _, _) = await api.SendAsync(HttpMethod.Patch, $"{ConfigMaps}/many",
                    $$$"""{"data":{"k{{{i}}}":"v"}}""", "application/merge-patch+json");
                if (status != HttpStatusCode.Conflict || attempt == 50)
                {
                    return status;
                }
            }
        }
    }

    [Fact]
    public async Task Patch_NothingChanges_KeepsTheRevision()
    {
        var made = await api.CreateAsync(ConfigMaps, Map("same", "1"));

        var (_, patched, _) = await api.SendAsync(HttpMethod.Patch, $"{ConfigMaps}/same", """{"data":{"a":"1"}}""",
            "application/merge-patch+json");

        Assert.Equal(made.Text("metadata", "resourceVersion"), patched.Text("metadata", "resourceVersion"));
    }

    [Theory]
    [InlineData("application/strategic-merge-patch+json", "{}", 415)]
    [InlineData("application/xml", "<a/>", 415)]
    [InlineData("application/json-patch+json", "{}", 400)]
    [InlineData("application/merge-patch+json", "[]", 400)]
    [InlineData("application/apply-patch+yaml", "a: [", 400)]
    public async Task Patch_OfAKindThatOthersDefine_TakesWhatItCan(string type, string body, int code)
    {
        await api.SendAsync(HttpMethod.Post, "/apis/example.com/v1/namespaces/default/widgets", """{"metadata":{"name":"w"}}""");

        Assert.Equal(code, (int)(await api.SendAsync(HttpMethod.Patch,
            "/apis/example.com/v1/namespaces/default/widgets/w?fieldManager=t", body, type)).Status);
    }

    [Fact]
    public async Task ServerSideApply_NewObject_IsMadeAndOwned()
    {
        const string Path = $"{ConfigMaps}/applied?fieldManager=one";
        var (status, made, _) = await api.SendAsync(HttpMethod.Patch, Path,
            "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: applied\ndata:\n  a: \"1\"\n", "application/apply-patch+yaml");
        Assert.Equal(HttpStatusCode.Created, status);
        Assert.Equal("one", made.Items("metadata", "managedFields").Single().Text("manager"));

        var (again, answer, _) = await api.SendAsync(HttpMethod.Patch, $"{ConfigMaps}/applied?fieldManager=two",
            """{"apiVersion":"v1","kind":"ConfigMap","data":{"a":"2"}}""", "application/apply-patch+yaml");

        Assert.Equal(HttpStatusCode.Conflict, again);
        Assert.Equal(".data.a", answer.Items("details", "causes").Single().Text("field"));
    }

    [Fact]
    public async Task Get_InAnotherVersion_IsWrittenInIt()
    {
        await api.SendAsync(HttpMethod.Post, "/apis/example.com/v1beta1/namespaces/default/widgets",
            """{"apiVersion":"example.com/v1beta1","kind":"Widget","metadata":{"name":"two-versions"},"spec":{"size":3}}""");

        var (_, beta, _) = await api.SendAsync(HttpMethod.Get, "/apis/example.com/v1beta1/namespaces/default/widgets/two-versions");
        var (_, stable, _) = await api.SendAsync(HttpMethod.Get, "/apis/example.com/v1/namespaces/default/widgets/two-versions");

        Assert.Equal("example.com/v1beta1", beta.Text("apiVersion"));
        Assert.Equal("example.com/v1", stable.Text("apiVersion"));
        Assert.Equal(3, stable.Number("spec", "size"));
    }

    [Fact]
    public async Task Delete_Owner_TakesWhatItOwnsAlong()
    {
        var owner = await api.CreateAsync(ConfigMaps, Map("owner"));
        await api.CreateAsync(ConfigMaps,
            Map("owned").Replace("\"name\":\"owned\"", "\"name\":\"owned\",\"ownerReferences\":[{\"apiVersion\":\"v1\","
                + $"\"kind\":\"ConfigMap\",\"name\":\"owner\",\"uid\":\"{owner.Uid()}\"}}]", StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.OK, (await api.SendAsync(HttpMethod.Delete, $"{ConfigMaps}/owner")).Status);

        Assert.Equal(HttpStatusCode.NotFound, (await api.SendAsync(HttpMethod.Get, $"{ConfigMaps}/owned")).Status);
    }

    [Fact]
    public async Task Delete_PreconditionDoesNotHold_IsAConflict()
    {
        await api.CreateAsync(ConfigMaps, Map("guarded"));

        Assert.Equal(HttpStatusCode.Conflict,
            (await api.SendAsync(HttpMethod.Delete, $"{ConfigMaps}/guarded", """{"preconditions":{"uid":"other"}}""")).Status);
        Assert.Equal(HttpStatusCode.OK, (await api.SendAsync(HttpMethod.Get, $"{ConfigMaps}/guarded")).Status);
    }

    [Theory]
    [InlineData("Strict", HttpStatusCode.BadRequest, 0)]
    [InlineData("Warn", HttpStatusCode.Created, 1)]
    [InlineData("Ignore", HttpStatusCode.Created, 0)]
    public async Task Create_FieldWrittenTwice_IsDealtWithAsAskedFor(string validation, HttpStatusCode expected, int warnings)
    {
        var (status, body, told) = await api.SendAsync(HttpMethod.Post, $"{ConfigMaps}?fieldValidation={validation}",
            $$$"""{"metadata":{"name":"twice-{{{validation.ToLowerInvariant()}}}"},"data":{"a":"1","a":"2"}}""");

        Assert.Equal(expected, status);
        Assert.Equal(warnings, told.Count);
        Assert.Contains(expected == HttpStatusCode.Created ? "\"a\":\"2\"" : "duplicate field \\\"data.a\\\"", body.ToText(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_KindThatIsOnlyStored_Warns()
    {
        var (status, _, warnings) = await api.SendAsync(HttpMethod.Post, "/apis/networking.k8s.io/v1/namespaces/default/networkpolicies",
            """{"metadata":{"name":"n"},"spec":{"podSelector":{}}}""");

        Assert.Equal(HttpStatusCode.Created, status);
        Assert.Equal(["299 - \"NetworkPolicy: stored, not enforced in the Lab\""], warnings);
    }

    private static string Map(string name, string value = "") => new JsonObject
    {
        ["metadata"] = new JsonObject { ["name"] = name },
        ["data"] = new JsonObject { ["a"] = value },
    }.ToText();
}
