using Bookinfo.Tests.Conformance.Harness;
using Bookinfo.Tests.Support;

namespace Bookinfo.Tests.Conformance.Semantics;

/// <summary>The bulkhead: connection pools, per caller and destination.</summary>
public sealed class LimitsTests(SemanticsMesh running) : IClassFixture<SemanticsMesh>
{
    private static readonly IReadOnlyList<Case> Statements =
    [
        new("http2MaxRequests: one more than that overflows, over HTTP/1.1 too", Pool("http: {http2MaxRequests: 2}"))
        { Then = mesh => HeldAsync(mesh, "c-v1-0", 2, OverflowsAsync) },
        new("one connection and one that waits: the third overflows", Pool("tcp: {maxConnections: 1}, http: {http1MaxPendingRequests: 1}"))
        {
            Then = async mesh =>
            {
                var answer = mesh.Pod("c-v1-0").Hold();
                var first = mesh.SendAsync(Get);
                await Eventually.UntilAsync(() => mesh.Pod("c-v1-0").Seen.Count == 1, "the first did not come");
                var both = new[] { mesh.SendAsync(Get), mesh.SendAsync(Get) };
                var refused = await await Task.WhenAny(both);
                await LooksOverflownAsync(mesh, refused);
                answer.SetResult();
                Assert.Equal(200, (await first).Status);
                Assert.Equal([200, 503], (await Task.WhenAll(both)).Select(reply => reply.Status).Order());
            },
        },
        new("a limit is the caller's own", Pool("http: {http2MaxRequests: 1}"))
        { Then = mesh => HeldAsync(mesh, "c-v1-0", 1, held => held.ReachesAsync(Get with { From = "b-v1-0" })) },
        new("a limit is the destination's own", Pool("http: {http2MaxRequests: 1}"))
        { Then = mesh => HeldAsync(mesh, "c-v1-0", 1, held => held.ReachesAsync(Get with { Url = "http://d:9080/" })) },
        new("a limit is the subset's own", Yaml.All(
            Yaml.DestinationRule("r", """
                trafficPolicy: {connectionPool: {http: {http2MaxRequests: 1}}}
                subsets: [{name: v1, labels: {version: v1}}, {name: v2, labels: {version: v2}}]
                """),
            Yaml.VirtualService("r", """
                - match: [{uri: {prefix: /2}}]
                  route: [{destination: {host: r, subset: v2}}]
                - route: [{destination: {host: r, subset: v1}}]
                """)))
        {
            Then = async mesh =>
            {
                var answer = mesh.Pod("r-v1-0").Hold();
                var held = mesh.SendAsync(new Call { Url = "http://r:9080/1" });
                await Eventually.UntilAsync(() => mesh.Pod("r-v1-0").Seen.Count == 1, "it did not come");
                await mesh.CheckAsync(new Call { Url = "http://r:9080/1", Status = 503, Flag = "UO" });
                await mesh.CheckAsync(new Call { Url = "http://r:9080/2", By = "r-v2" });
                answer.SetResult();
                Assert.Equal(200, (await held).Status);
            },
        },
        new("after the overflow the place is free again", Pool("http: {http2MaxRequests: 1}"))
        {
            Then = async mesh =>
            {
                await HeldAsync(mesh, "c-v1-0", 1, OverflowsAsync);
                await mesh.CheckAsync(Get with { Times = 20, By = "c-v1", Flag = "-" });
            },
        },
        new("an overflow is not retried", Yaml.All(
            Pool("http: {http2MaxRequests: 1}"),
                Yaml.VirtualService("c", "- route: [{destination: {host: c}}]\n  retries: {attempts: 3, retryOn: 5xx}")))
        { Then = mesh => HeldAsync(mesh, "c-v1-0", 1, OverflowsAsync) },
    ];

    private static Call Get => new() { Url = "http://c:9080/" };

    public static IEnumerable<TheoryDataRow<string>> Rows => Table.Of(Statements);

    [Theory]
    [MemberData(nameof(Rows))]
    public Task Limit_OnTheRunningMesh_IsThatOfEnvoy(string row) => running.Mesh.RunAsync(Table.Find(Statements, row));

    private static string Pool(string pool) => Yaml.DestinationRule("c", "trafficPolicy: {connectionPool: {<pool>}}".Fill(("pool", pool)));

    /// <summary>Keeps so many requests waiting at the pod while <paramref name="meanwhile"/> runs; then they all end well.</summary>
    private static async Task HeldAsync(EchoMesh mesh, string pod, int requests, Func<Held, Task> meanwhile)
    {
        var seen = mesh.Pod(pod).Seen.Count;
        var answer = mesh.Pod(pod).Hold();
        var held = Enumerable.Range(0, requests).Select(_ => mesh.SendAsync(Get)).ToList();
        await Eventually.UntilAsync(() => mesh.Pod(pod).Seen.Count == seen + requests, "not all reached the pod");
        await meanwhile(new Held(mesh, answer));
        answer.TrySetResult();
        mesh.Pod(pod).Instead = null;
        Assert.All(await Task.WhenAll(held), reply => Assert.Equal(200, reply.Status));
    }

    private static async Task OverflowsAsync(Held held) => await LooksOverflownAsync(held.Mesh, await held.Mesh.SendAsync(Get));

    private static async Task LooksOverflownAsync(EchoMesh mesh, Reply reply)
    {
        Assert.Equal((503, "true"), (reply.Status, reply.Headers.GetValueOrDefault("x-envoy-overloaded")));
        Assert.Equal("UO", await mesh.FlagsAsync(reply));
    }

    private sealed record Held(EchoMesh Mesh, TaskCompletionSource Answer)
    {
        /// <summary>The call is not refused while the others wait: it reaches a pod, and is answered with them.</summary>
        public async Task ReachesAsync(Call call)
        {
            var seen = Mesh.Pods.Sum(pod => pod.Seen.Count);
            var reply = Mesh.SendAsync(call);
            await Eventually.UntilAsync(() => Mesh.Pods.Sum(pod => pod.Seen.Count) > seen, "the call was held up or refused");
            Answer.SetResult();
            Assert.Equal(200, (await reply).Status);
        }
    }
}
