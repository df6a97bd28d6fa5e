using Bookinfo.Tests.Conformance.Harness;

namespace Bookinfo.Tests.Conformance.Istio.Routes;

/// <summary>Header operations of a route together with those of its destination.</summary>
internal static class HeaderCases
{
    private static readonly string[] Levels = ["", "route-"];

    public static IReadOnlyList<Case> Rows { get; } =
    [
        new("for header operations for single cluster", Yaml.All(Yaml.Subsets("c", "v1"), Yaml.VirtualService("c", """
            - route:
              - destination: {host: c, subset: v1}
                headers:
            <of-destination>
                weight: 100
              headers:
            <of-route>
            """.Fill(
                ("of-destination", Operations("route-", "", "internal.foo.extsvc.com", "internal.bar.extsvc.com", 6)),
                ("of-route", Operations("", "", "foo.extsvc.com", null, 4))))),
                    Expect("c-v1", "http://c:8484/", "foo.extsvc.com", "", "route-")),
        new("for header operations for weighted cluster", Yaml.All(
            Yaml.DestinationRule("w", "subsets: [{name: blue, labels: {version: blue}}, {name: green, labels: {version: green}}]"),
            Yaml.VirtualService("w", """
            - route:
              - destination: {host: w, subset: blue}
                headers:
            <of-blue>
                weight: 9
              - destination: {host: w, subset: green}
                headers:
            <of-green>
                weight: 1
            """.Fill(
                ("of-blue", Operations("route-", "-blue", "blue.foo.extsvc.com", "blue.bar.extsvc.com", 6)),
                ("of-green", Operations("route-", "-green", "green.foo.extsvc.com", "green.bar.extsvc.com", 6))))))
        {
            Then = async mesh =>
            {
                var seen = new HashSet<string>();
                for (var call = 0; seen.Count < 2 && call < 200; call++)
                {
                    var reply = await mesh.SendAsync(Expect(null, "http://w/", null));
                    var colour = reply.Echo!.Workload["w-".Length..];
                    seen.Add(colour);
                    Assert.Equal($"{colour}.foo.extsvc.com", reply.Echo.Host);
                    Assert.Equal("v1", reply.Echo.Headers[$"x-route-req-set-{colour}"]);
                    Assert.Equal("v2", reply.Echo.Headers[$"x-route-req-add-{colour}"]);
                    Assert.Equal("v1", reply.Headers[$"x-route-resp-set-{colour}"]);
                    Assert.Equal("v2", reply.Headers[$"x-route-resp-add-{colour}"]);
                    Assert.DoesNotContain($"x-route-resp-remove-{colour}", reply.Headers.Keys);
                }

                Assert.Equal(["blue", "green"], seen.Order());
            },
        },
    ];

    private static Call Expect(string? release, string url, string? host, params string[] levels) => new()
    {
        Url = url,
        By = release,
        SawHost = host,
        Headers = Levels.SelectMany(level => new[]
        {
            KeyValuePair.Create($"x-{level}req-remove", "mine"), KeyValuePair.Create($"x-{level}req-set", "mine"),
            KeyValuePair.Create($"x-{level}req-add", "mine"),
            KeyValuePair.Create($"x-answer-x-{level}resp-remove", "pod's"), KeyValuePair.Create($"x-answer-x-{level}resp-set", "pod's"),
            KeyValuePair.Create($"x-answer-x-{level}resp-add", "pod's"),
            KeyValuePair.Create($"x-answer-x-route-resp-remove-{(level.Length > 0 ? "blue" : "green")}", "pod's"),
        }).ToDictionary(),
        Saw = levels.SelectMany(level => new[]
        {
            KeyValuePair.Create($"x-{level}req-remove", (string?)null), KeyValuePair.Create($"x-{level}req-set", (string?)"v1"),
            KeyValuePair.Create($"x-{level}req-add", (string?)"mine,v2"),
        }).ToDictionary(),
        Answer = levels.SelectMany(level => new[]
        {
            KeyValuePair.Create($"x-{level}resp-remove", (string?)null), KeyValuePair.Create($"x-{level}resp-set", (string?)"v1"),
            KeyValuePair.Create($"x-{level}resp-add", (string?)"pod's,v2"),
        }).ToDictionary(),
    };

    private static string Operations(string level, string colour, string set, string? add, int indent) => string.Join('\n', new[]
    {
        "request:",
        """  set: {x-<level>req-set<colour>: v1, ":authority": <set>}""".Fill(("level", level), ("colour", colour), ("set", set)),

        // Istio's case sets the host of the route twice, which istiod's own validation refuses.
        """  add: {x-<level>req-add<colour>: v2<authority>}""".Fill(
            ("level", level), ("colour", colour), ("authority", add is null ? "" : $", \":authority\": {add}")),
        $"  remove: [x-{level}req-remove{colour}]",
        "response:",
        """  set: {x-<level>resp-set<colour>: v1}""".Fill(("level", level), ("colour", colour)),
        """  add: {x-<level>resp-add<colour>: v2}""".Fill(("level", level), ("colour", colour)),
        $"  remove: [x-{level}resp-remove{colour}]",
    }.Select(line => new string(' ', indent) + line));
}
