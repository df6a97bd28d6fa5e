using Bookinfo.Tests.Conformance.Harness;

namespace Bookinfo.Tests.Conformance.Istio.Routes;

/// <summary>Which hash policy a route gets from which level of a DestinationRule, seen by which cookie holds a caller to one pod.</summary>
internal static class HashCases
{
    private const string Url = "http://c:8484/";

    private static readonly string Plain =
        Yaml.VirtualService("c", "- name: routeA\n  route: [{destination: {host: c, port: {number: 8484}}, weight: 100}]");

    private static readonly string ToSubset =
        Yaml.VirtualService("c", "- route: [{destination: {host: c, subset: some-subset, port: {number: 8484}}, weight: 100}]");

    public static IReadOnlyList<Case> Rows { get; } =
    [
        new("for virtual service with ring hash",
            Yaml.All(Plain, Yaml.DestinationRule("c", $"trafficPolicy: {Cookie("hash-cookie", ", ttl: 100ns")}")))
        {
            Then = async mesh =>
            {
                Assert.StartsWith("hash-cookie=", (await mesh.SendAsync(new Call { Url = Url })).Headers["Set-Cookie"],
                    StringComparison.Ordinal);
                await HoldsAsync(mesh, "hash-cookie");
            },
        },
        new("for virtual service with query param based ring hash", Yaml.All(
            Plain, Yaml.DestinationRule("c", "trafficPolicy: {loadBalancer: {consistentHash: {httpQueryParameterName: query}}}")))
        {
            Then = async mesh =>
            {
                Assert.Equal(1, await PodsAsync(mesh, _ => new Call { Url = $"{Url}?query=1" }));
                Assert.NotEqual(1, await PodsAsync(mesh, turn => new Call { Url = $"{Url}?query={turn}" }));
            },
        },
        new("for virtual service with subsets with ring hash",
            Yaml.All(ToSubset, Yaml.DestinationRule("c", Subset(Cookie("other-cookie")))))
        { Then = mesh => HoldsAsync(mesh, "other-cookie") },
        new("for virtual service with subsets with port level settings with ring hash", Yaml.All(
            ToSubset, Yaml.DestinationRule("c",
                $"trafficPolicy: {Cookie("hash-cookie")}\n" + Subset(Port(8484, "port-level-settings-cookie")))))
        { Then = mesh => HoldsAsync(mesh, "port-level-settings-cookie", "hash-cookie") },
        new("for virtual service with port level settings matching service port", Yaml.All(
            Plain, Yaml.DestinationRule("c", $"trafficPolicy: {Port(8484, "matching-port-cookie")}")))
        { Then = mesh => HoldsAsync(mesh, "matching-port-cookie") },
        new("for virtual service with port level settings mismatched port", Yaml.All(
            Plain, Yaml.DestinationRule("c", $"trafficPolicy: {Port(443, "mismatched-port-cookie")}")))
        { Then = async mesh => Assert.NotEqual(1, await PodsAsync(mesh, _ => With("mismatched-port-cookie=1"))) },
        new("for virtual service with cookie hash policy with attributes", Yaml.All(Plain, Yaml.DestinationRule("c",
            $"trafficPolicy: {Cookie("hash-cookie-with-attributes", """
                , ttl: 100ns, path: /api, attributes: [{name: SameSite, value: Strict}, {name: Secure, value: "true"}, {name: HttpOnly, value: "true"}]
                """)}")))
        {
            Then = async mesh =>
            {
                var cookie = (await mesh.SendAsync(new Call { Url = Url })).Headers["Set-Cookie"];
                Assert.StartsWith("hash-cookie-with-attributes=", cookie, StringComparison.Ordinal);
                Assert.All(["Path=/api", "SameSite=Strict", "Secure", "HttpOnly"],
                    part => Assert.Contains(part, cookie, StringComparison.OrdinalIgnoreCase));
                await HoldsAsync(mesh, "hash-cookie-with-attributes");
            },
        },
        new("for virtual service with subsets and top level traffic policy with ring hash", Yaml.All(
            ToSubset, Yaml.DestinationRule("c", $"trafficPolicy: {Cookie("hash-cookie")}\n" + Subset(Cookie("other-cookie")))))
        { Then = mesh => HoldsAsync(mesh, "other-cookie", "hash-cookie") },
        new("port selector based traffic policy", Yaml.All(Plain, Yaml.DestinationRule("c", $"trafficPolicy: {Port(8484, "hash-cookie")}")))
        { Then = mesh => HoldsAsync(mesh, "hash-cookie") },
        new("for no virtualservice but has destinationrule with consistentHash loadbalancer",
            Yaml.DestinationRule("c", $"trafficPolicy: {Cookie("hash-cookie")}"))
        { Then = mesh => HoldsAsync(mesh, "hash-cookie") },
        new("for no virtualservice but has destinationrule with portLevel consistentHash loadbalancer", Yaml.DestinationRule("c", """
            trafficPolicy:
              loadBalancer: {consistentHash: {httpCookie: {name: hash-cookie}}}
              portLevelSettings: [{port: {number: 8484}, loadBalancer: {consistentHash: {httpCookie: {name: hash-cookie-1}}}}]
            """))
        { Then = mesh => HoldsAsync(mesh, "hash-cookie-1", "hash-cookie") },
    ];

    private static string Cookie(string name, string more = "") =>
        """{loadBalancer: {consistentHash: {httpCookie: {name: <name><more>}}}}""".Fill(("name", name), ("more", more));

    private static string Port(int port, string cookie) =>
        """{portLevelSettings: [{port: {number: <port> }, loadBalancer: {consistentHash: {httpCookie: {name: <cookie>}}}}]}"""
            .Fill(("port", port), ("cookie", cookie));

    private static string Subset(string policy) =>
        """subsets: [{name: some-subset, labels: {}, trafficPolicy: <policy>}]""".Fill(("policy", policy));

    private static Call With(string cookie) => new() { Url = Url, Headers = new Dictionary<string, string> { ["Cookie"] = cookie } };

    /// <summary>
    /// One value of the cookie always reaches one pod, many values reach many, and the cookies of other levels do not count.
    /// </summary>
    private static async Task HoldsAsync(EchoMesh mesh, string cookie, params string[] others)
    {
        Assert.Equal(1, await PodsAsync(mesh, _ => With($"{cookie}=somebody")));
        Assert.NotEqual(1, await PodsAsync(mesh, turn => With($"{cookie}=visitor-{turn}")));
        foreach (var other in others)
        {
            Assert.NotEqual(1, await PodsAsync(mesh, turn => With($"{other}=somebody; {cookie}=visitor-{turn}")));
        }
    }

    private static async Task<int> PodsAsync(EchoMesh mesh, Func<int, Call> call)
    {
        var pods = new HashSet<string>();
        for (var turn = 0; turn < 25; turn++)
        {
            pods.Add((await mesh.SendAsync(call(turn))).Echo!.Pod);
        }

        return pods.Count;
    }
}
