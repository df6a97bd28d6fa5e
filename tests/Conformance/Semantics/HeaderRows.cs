using Bookinfo.Tests.Conformance.Harness;

namespace Bookinfo.Tests.Conformance.Semantics;

/// <summary>Header operations: remove, then set, then add.</summary>
internal static class HeaderRows
{
    public static IReadOnlyList<Case> All { get; } =
    [
        Request("set overwrites", "{set: {x: new}}", ["x: old"], ["x: new"]),
        Request("set makes what is not there", "{set: {x: new}}", [], ["x: new"]),
        Request("add appends", "{add: {x: new}}", ["x: old"], ["x: old,new"]),
        Request("remove removes, whatever the case of the name", "{remove: [X-Some]}", ["x-some: old"], ["x-some"]),
        Request("remove comes before set", "{remove: [x], set: {x: new}}", ["x: old"], ["x: new"]),
        Request("remove comes before add", "{remove: [x], add: {x: new}}", ["x: old"], ["x: new"]),
        Request("set comes before add", "{set: {x: one}, add: {x: two}}", ["x: old"], ["x: one,two"]),
        Request("host is a rewrite of the host", "{set: {host: other.example}}", [], []) with
        {
            Calls = [To with { SawHost = "other.example" }],
        },
        Response("response set", "{set: {x: new}}", "old", "new"),
        Response("response add", "{add: {x: new}}", "old", "old,new"),
        Response("response remove", "{remove: [x]}", "old", null),
        Response("response remove, then add", "{remove: [x], add: {x: new}}", "old", "new"),
        new("response headers go on answers of the mesh itself too", Yaml.VirtualService("c", """
            - directResponse: {status: 418}
              headers: {response: {set: {x: new}}}
            """), To with { Status = 418, By = "", Answer = new Dictionary<string, string?> { ["x"] = "new" } }),
        new("of one destination, the destination's set comes after the route's", Rule("""
            - route: [{destination: {host: c}, headers: {request: {set: {x: destination}}}}]
              headers: {request: {set: {x: route}}}
            """), To with { Saw = new Dictionary<string, string?> { ["x"] = "destination" } }),
        new("of several destinations, the route's set comes after the destination's", Rule("""
            - route:
              - {destination: {host: c}, weight: 1, headers: {request: {set: {x: destination}}}}
              - {destination: {host: c, port: {number: 9080}}, weight: 1, headers: {request: {set: {x: destination}}}}
              headers: {request: {set: {x: route}}}
            """), To with { Times = 10, Saw = new Dictionary<string, string?> { ["x"] = "route" } }),
        new("a header of one destination stays with it", Yaml.All(Yaml.Subsets("r", "v1", "v2"), Yaml.VirtualService("r", """
            - route:
              - {destination: {host: r, subset: v1}, weight: 0, headers: {request: {set: {x: one}}}}
              - {destination: {host: r, subset: v2}, weight: 1}
            """)), To with { Url = "http://r:9080/", By = "r-v2", Saw = new Dictionary<string, string?> { ["x"] = null } }),
    ];

    private static Call To => new() { Url = "http://c:9080/", By = "c-v1" };

    private static Case Request(string name, string operations, string[] sent, string[] seen) => new(name, Rule("""
        - route: [{destination: {host: c}}]
          headers: {request: <operations>}
        """.Fill(("operations", operations))), To with
    {
        Headers = sent.Select(Split).ToDictionary(header => header.Name, header => header.Value!),
        Saw = seen.Select(Split).ToDictionary(header => header.Name, header => header.Value),
    });

    private static Case Response(string name, string operations, string answered, string? got) => new(name, Rule("""
        - route: [{destination: {host: c}}]
          headers: {response: <operations>}
        """.Fill(("operations", operations))), To with
    {
        Headers = new Dictionary<string, string> { ["x-answer-x"] = answered },
        Answer = new Dictionary<string, string?> { ["x"] = got },
    });

    private static (string Name, string? Value) Split(string header) =>
        header.Split(": ") is [var name, var value] ? (name, value) : (header, null);

    private static string Rule(string http) => Yaml.VirtualService("c", http);
}
