using Bookinfo.Tests.Conformance.Harness;
using Bookinfo.Tests.Support;

namespace Bookinfo.Tests.Conformance.Semantics;

public sealed class MirrorTests(SemanticsMesh running) : IClassFixture<SemanticsMesh>
{
    private static readonly IReadOnlyList<Case> Statements =
    [
        new("a missing percentage mirrors everything", Rule("mirror: {host: d}"), Post(10)) { Then = mesh => GotAsync(mesh, "d-v1", 10) },
        new("0 percent mirrors nothing, 100 percent everything",
            Rule("mirrors: [{destination: {host: r, subset: v1}, percentage: {value: 0}}, {destination: {host: d}}]"), Post(20))
        {
            Then = async mesh =>
            {
                await GotAsync(mesh, "d-v1", 20);
                await GotAsync(mesh, "r-v1", 0);
            },
        },
        new("several mirrors", Rule("mirrors: [{destination: {host: d}}, {destination: {host: r, subset: v2}, percentage: {value: 100}}]"),
            Post(10))
        {
            Then = async mesh =>
            {
                await GotAsync(mesh, "d-v1", 10);
                await GotAsync(mesh, "r-v2", 10);
            },
        },
        new("the copy has method, path, headers and body of the request, and its Host", Rule("mirror: {host: d}"), Post(1))
        {
            Then = async mesh =>
            {
                await GotAsync(mesh, "d-v1", 1);
                var copy = mesh.Pod("d-v1-0").Seen.First();
                Assert.Equal(("POST", "/path?q=1", "c:9080", "the body"), (copy.Method, copy.Target, copy.Host, copy.Body));
                Assert.Equal("seen", copy.Headers["x-mine"]);
            },
        },
        new("what the mirror answers is dropped", Rule("mirror: {host: d}"))
        {
            Then = async mesh =>
            {
                mesh.Pod("d-v1-0").Fail(500);
                await mesh.CheckAsync(Post(20));
                await GotAsync(mesh, "d-v1", 20);
            },
        },
        new("a mirror that never answers delays no request", Rule("mirror: {host: d}"))
        {
            Then = async mesh =>
            {
                var answer = mesh.Pod("d-v1-0").Hold();
                await mesh.CheckAsync(Post(20));
                await GotAsync(mesh, "d-v1", 20);
                answer.SetResult();
            },
        },
        new("a mirror without pods changes no answer", Rule("mirror: {host: ghost}"), Post(5)),
        new("a mirror to an undefined subset changes no answer", Rule("mirror: {host: r, subset: nowhere}"), Post(5)),
        new("a mirror is not retried", Rule("mirror: {host: d}", "retries: {attempts: 3, retryOn: 5xx}"))
        {
            Then = async mesh =>
            {
                mesh.Pod("d-v1-0").Fail(500);
                await mesh.CheckAsync(Post(10));
                await GotAsync(mesh, "d-v1", 10);
            },
        },
        new("a request is mirrored once, however often it is tried",
            Rule("mirror: {host: d}", "retries: {attempts: 3, retryOn: 5xx, backoff: 1ms}"))
        {
            Then = async mesh =>
            {
                mesh.Pod("c-v1-0").Fail(500);
                await mesh.CheckAsync(Post(1) with { Status = 500, By = "" });
                Assert.Equal(4, mesh.Pod("c-v1-0").Seen.Count);
                await GotAsync(mesh, "d-v1", 1);
            },
        },
    ];

    public static IEnumerable<TheoryDataRow<string>> Rows => Table.Of(Statements);

    [Theory]
    [MemberData(nameof(Rows))]
    public Task Mirror_OnTheRunningMesh_GetsWhatEnvoySends(string row) => running.Mesh.RunAsync(Table.Find(Statements, row));

    private static string Rule(params string[] fields) => Yaml.All(
        Yaml.Subsets("r", "v1", "v2"),
        Yaml.VirtualService("c", "- route: [{destination: {host: c}}]\n" + string.Join('\n', fields.Select(field => "  " + field))));

    private static Call Post(int times) => new()
    {
        Url = "http://c:9080/path?q=1",
        Method = "POST",
        Headers = new Dictionary<string, string> { ["x-mine"] = "seen" },
        Body = "the body",
        By = "c-v1",
        Times = times,
    };

    /// <summary>The release gets so many requests, and no more until one that is sent to it afterwards has come.</summary>
    private static async Task GotAsync(EchoMesh mesh, string release, int requests)
    {
        var pod = mesh.Pod($"{release}-0");
        await Eventually.UntilAsync(() => pod.Seen.Count >= requests, $"{release} got {pod.Seen.Count} of {requests}");
        pod.Instead = null;
        await mesh.SendAsync(new Call { Url = $"http://{pod.Address}/last" });
        Assert.Equal(requests, pod.Seen.Count(echo => echo.Target != "/last"));
    }
}
