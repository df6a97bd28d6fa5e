using System.Net;
using Bookinfo.Tests.Conformance.Harness;

namespace Bookinfo.Tests.Conformance.Istio.Routing;

/// <summary>The rows of <c>virtualServiceCases</c> about CORS, retries, faults and weights.</summary>
internal static class VirtualServiceTrafficCases
{
    private static readonly string[] Services = ["b", "c", "d"];

    private static readonly Dictionary<string, string> Origin = new() { ["Origin"] = "cors.com" };

    public static IReadOnlyList<Case> Rows { get; } =
    [
        new("cors", Yaml.VirtualService("c", """
            - corsPolicy:
                allowOrigins: [{exact: cors.com}]
                allowMethods: [POST, GET]
                allowCredentials: false
                allowHeaders: [X-Foo-Bar, X-Foo-Baz]
                maxAge: "24h"
              route: [{destination: {host: c}}]
            """),
            new Call
            {
                Name = "preflight",
                Url = "http://c/",
                Method = "OPTIONS",
                Headers = new Dictionary<string, string>(Origin) { ["Access-Control-Request-Method"] = "DELETE" },
                Answer = new Dictionary<string, string?>
                {
                    ["Access-Control-Allow-Origin"] = "cors.com",
                    ["Access-Control-Allow-Methods"] = "POST,GET",
                    ["Access-Control-Allow-Headers"] = "X-Foo-Bar,X-Foo-Baz",
                    ["Access-Control-Max-Age"] = "86400",
                },
            },
            new Call
            {
                Name = "get",
                Url = "http://c/",
                Headers = Origin,
                By = "c-v1",
                Answer = new Dictionary<string, string?> { ["Access-Control-Allow-Origin"] = "cors.com" },
            },
            new Call
            {
                Name = "get no origin match",
                Url = "http://c/",
                By = "c-v1",
                Answer = new Dictionary<string, string?> { ["Access-Control-Allow-Origin"] = null },
            }),
        new("retry conditions", Yaml.VirtualService("c", """
            - route: [{destination: {host: c}}]
              retries: {attempts: 3, perTryTimeout: 2s, retryOn: "gateway-error,connect-failure,refused-stream,reset-before-request"}
            """), new Call { Url = "http://c/", By = "c-v1" }),
        new("fault abort", Yaml.VirtualService("c", """
            - route: [{destination: {host: c}}]
              fault: {abort: {percentage: {value: 100}, httpStatus: 418}}
            """), new Call { Url = "http://c/", Status = 418, Flag = "FI" }),
        new("fault abort gRPC", Yaml.VirtualService("g", """
            - route: [{destination: {host: g}}]
              fault: {abort: {percentage: {value: 100}, grpcStatus: "UNAVAILABLE"}}
            """), new Call
        {
            Url = "http://g:7070/proto.EchoTestService/Echo",
            Method = "POST",
            Http = HttpVersion.Version20,
            Headers = new Dictionary<string, string> { ["Content-Type"] = "application/grpc", ["TE"] = "trailers" },
            Body = "",
            Answer = new Dictionary<string, string?> { ["grpc-status"] = "14" },
        }),
        new("catch all route short circuit the other routes", Yaml.VirtualService("c", """
            - match: [{uri: {regex: .*}}]
              route: [{destination: {host: c}}]
              fault: {abort: {percentage: {value: 100}, httpStatus: 418}}
            - route: [{destination: {host: c}}]
            """), new Call { Url = "http://c/", Status = 418 }),
        Shifting("three destinations", 50, 25, 25),
        Shifting("three destinations", 80, 10, 10),
        Shifting("two destinations", 50, 50),
        Shifting("two destinations", 80, 20),
        WithoutHeader("without headers", "{exact: jason}",
            Visit("end-user is jason", "jason", 200), Visit("end-user is not jason", "not-jason", 403),
                Visit("do not have end-user header", null, 403)),
        WithoutHeader("without headers regex convert to present_match", """{regex: "*"}""",
            Visit("have end-user header and value", "jason", 200), Visit("have end-user header but value is empty", "", 200),
            Visit("do not have end-user header", null, 403)),
        WithoutHeader("without headers regex match any string", "{regex: .*}",
            Visit("have end-user header and value", "jason", 200), Visit("have end-user header but value is empty", "", 200),
            Visit("do not have end-user header", null, 200)),
    ];

    private static Case Shifting(string variant, params int[] split)
    {
        var services = Services.Take(split.Length).ToArray();
        var destinations = services.Zip(split, (service, weight) =>
            """  - {destination: {host: <service>}, weight: <weight>}""".Fill(("service", service), ("weight", weight)));
        return new Case($"shifting-{split[0]}", Yaml.VirtualService("b", "- route:\n" + string.Join('\n', destinations)), new Call
        {
            Url = "http://b/",
            Times = 1000,
            Shares = services.Zip(split).ToDictionary(pair => pair.First + "-v1", pair => (double)pair.Second),
        })
        {
            Variant = variant,
        };
    }

    private static Case WithoutHeader(string name, string match, params IReadOnlyList<Call> calls) => new(name, Yaml.VirtualService("c", """
        - match: [{withoutHeaders: {end-user: <match>}}]
          route: [{destination: {host: c}}]
          fault: {abort: {percentage: {value: 100}, httpStatus: 403}}
        - route: [{destination: {host: c}}]
        """.Fill(("match", match))), calls);

    private static Call Visit(string name, string? user, int status) => new()
    {
        Name = name,
        Url = "http://c/foo",
        Headers = user is null ? [] : new Dictionary<string, string> { ["end-user"] = user },
        Status = status,
    };
}
