using Bookinfo.Tests.Conformance.Harness;

namespace Bookinfo.Tests.Conformance.Istio.Routing;

/// <summary>The same hash key reaches the same pod, from each of two callers.</summary>
internal static class ConsistentHashCases
{
    private const string Url = "http://consistent-hash/?some-query-param=bar";

    public static Suite Suite { get; } = new(RoutingSuites.File, "consistentHashCases")
    {
        Rows = [.. For("a"), .. For("b")],
        LeftOut = [new("TCP", "tcp source ip a", "tcp source ip b")],
    };

    private static IEnumerable<Case> For(string caller) =>
    [
        new($"no consistent {caller}", "") { Then = async mesh => Assert.NotEqual(1, await PodsAsync(mesh, caller, [])) },
        Hashed($"source ip {caller}", caller, "useSourceIp: true"),
        Hashed($"query param {caller}", caller, "httpQueryParameterName: some-query-param"),
        Hashed($"http header {caller}", caller, "httpHeaderName: x-some-header"),
        new($"http cookie with ttl {caller}", Rule("httpCookie: {name: session-cookie, ttl: 3600s}"))
        {
            Then = async mesh =>
            {
                var first = await mesh.SendAsync(new Call { From = $"{caller}-v1-0", Url = Url });
                var cookie = first.Headers["Set-Cookie"];
                Assert.StartsWith("session-cookie=", cookie, StringComparison.Ordinal);
                Assert.Contains("Max-Age=3600", cookie, StringComparison.OrdinalIgnoreCase);
                Assert.Equal(1, await PodsAsync(mesh, caller,
                    new() { ["Cookie"] = cookie[..cookie.IndexOf(';', StringComparison.Ordinal)] }, first.Echo!.Pod));
            },
        },
        new($"http cookie without ttl {caller}", Rule("httpCookie: {name: session-cookie}"))
        {
            Then = async mesh => Assert.Equal(1, await PodsAsync(mesh, caller, new() { ["Cookie"] = "session-cookie=somecookie" })),
        },
    ];

    private static Case Hashed(string name, string caller, string key) => new(name, Rule(key))
    {
        Then = async mesh => Assert.Equal(1, await PodsAsync(mesh, caller, new() { ["x-some-header"] = "baz" })),
    };

    private static string Rule(string key) =>
        Yaml.DestinationRule("consistent-hash", """trafficPolicy: {loadBalancer: {consistentHash: {<key>}}}""".Fill(("key", key)));

    /// <summary>How many pods answer ten calls alike, and the given ones.</summary>
    private static async Task<int> PodsAsync(EchoMesh mesh, string caller, Dictionary<string, string> headers, params string[] pods)
    {
        var answered = pods.ToHashSet();
        for (var call = 0; call < 10; call++)
        {
            var reply = await mesh.SendAsync(new Call { From = $"{caller}-v1-0", Url = Url, Headers = headers });
            Assert.Equal(200, reply.Status);
            answered.Add(reply.Echo!.Pod);
        }

        return answered.Count;
    }
}
