using System.Net;
using Bookinfo.Tests.Conformance.Harness;

namespace Bookinfo.Tests.Conformance.Semantics;

/// <summary>Faults come before forwarding: nothing of the route's own forwarding touches them.</summary>
public sealed class FaultsTests(SemanticsMesh running) : IClassFixture<SemanticsMesh>
{
    private const string AlwaysAbort = "fault: {abort: {percentage: {value: 100}, httpStatus: 503}}";

    private static readonly IReadOnlyList<Case> Statements =
    [
        new("an abort answers in the pod's place", Rule(AlwaysAbort),
            new Call { Url = "http://c:9080/", Status = 503, Text = "fault filter abort", Flag = "FI" })
        { Then = mesh => SawAsync(mesh, "c-v1-0", 0) },
        new("an abort of half of the requests", Rule("fault: {abort: {percentage: {value: 50}, httpStatus: 418}}"))
        {
            Then = mesh => AbortedAsync(mesh, 50),
        },
        new("an abort of a tenth of a percent is drawn as finely", Rule("fault: {abort: {percentage: {value: 99.9}, httpStatus: 418}}"))
        { Then = mesh => AbortedAsync(mesh, 99.9) },
        new("0 percent injects nothing", Rule("fault: {abort: {percentage: {value: 0}, httpStatus: 418}}"),
            new Call { Url = "http://c:9080/", Times = 50, By = "c-v1", Flag = "-" }),
        new("a missing percentage injects nothing", Rule("fault: {abort: {httpStatus: 418}}"),
            new Call { Url = "http://c:9080/", Times = 50, By = "c-v1", Flag = "-" }),
        new("delay, then abort: both flags", Rule(
            "fault: {delay: {percentage: {value: 100}, fixedDelay: 1ms}, abort: {percentage: {value: 100}, httpStatus: 418}}"),
            new Call { Url = "http://c:9080/", Status = 418, Flag = "DI,FI" }),
        new("a delay lets the request through afterwards", Rule("fault: {delay: {percentage: {value: 100}, fixedDelay: 1ms}}"),
            new Call { Url = "http://c:9080/", By = "c-v1", Flag = "DI" }),
        new("delay and abort draw independently", Rule(
            "fault: {delay: {percentage: {value: 50}, fixedDelay: 1ms}, abort: {percentage: {value: 50}, httpStatus: 418}}"))
        { Then = IndependentAsync },
        new("the route's retries do not touch an abort", Rule(AlwaysAbort, "retries: {attempts: 5, retryOn: 5xx}"),
            new Call { Url = "http://c:9080/", Status = 503, Flag = "FI" })
        { Then = mesh => SawAsync(mesh, "c-v1-0", 0) },
        new("the route's mirror does not see an aborted request", Rule(AlwaysAbort, "mirror: {host: d}"),
            new Call { Url = "http://c:9080/", Status = 503, Times = 20 })
        { Then = mesh => SawAsync(mesh, "d-v1-0", 0) },
        new("a fault comes before CORS", Rule(AlwaysAbort, "corsPolicy: {allowOrigins: [{exact: \"http://x\"}], allowMethods: [GET]}"),
            new Call
        {
            Url = "http://c:9080/",
            Method = "OPTIONS",
            Headers = new Dictionary<string, string> { ["Origin"] = "http://x", ["Access-Control-Request-Method"] = "GET" },
            Status = 503,
        }),
        new("an abort's answer has the route's response headers", Rule(AlwaysAbort, "headers: {response: {set: {x-rule: seen}}}"),
            new Call { Url = "http://c:9080/", Status = 503, Answer = new Dictionary<string, string?> { ["x-rule"] = "seen" } }),
        new("a gRPC caller gets a gRPC status", Yaml.VirtualService("g", $"- route: [{{destination: {{host: g}}}}]\n  {AlwaysAbort}"),
            Grpc(14)),
        new("an abort with a gRPC status", Yaml.VirtualService(
            "g", "- route: [{destination: {host: g}}]\n  fault: {abort: {percentage: {value: 100}, grpcStatus: RESOURCE_EXHAUSTED}}"),
                Grpc(8)),
        new("a fault of another rule affects only its own requests", Yaml.VirtualService("c", $"""
            - match: [{"{headers: {end-user: {exact: jason}}}"}]
              {AlwaysAbort}
              route: [{"{destination: {host: c}}"}]
            - route: [{"{destination: {host: c}}"}]
            """),
            new Call { Url = "http://c:9080/", Headers = new Dictionary<string, string> { ["end-user"] = "jason" }, Status = 503 },
            new Call { Url = "http://c:9080/", By = "c-v1", Flag = "-" }),
    ];

    public static IEnumerable<TheoryDataRow<string>> Rows => Table.Of(Statements);

    [Theory]
    [MemberData(nameof(Rows))]
    public Task Fault_OnTheRunningMesh_IsInjectedAsByEnvoy(string row) => running.Mesh.RunAsync(Table.Find(Statements, row));

    private static string Rule(params string[] fields) =>
        Yaml.VirtualService("c", "- route: [{destination: {host: c}}]\n" + string.Join('\n', fields.Select(field => "  " + field)));

    private static Call Grpc(int status) => new()
    {
        Url = "http://g:7070/book.Catalog/Get",
        Method = "POST",
        Http = HttpVersion.Version20,
        Headers = new Dictionary<string, string> { ["Content-Type"] = "application/grpc", ["TE"] = "trailers" },
        Body = "",
        Flag = "FI",
        Answer = new Dictionary<string, string?> { ["grpc-status"] = $"{status}", ["content-type"] = "application/grpc" },
    };

    private static Task SawAsync(EchoMesh mesh, string pod, int requests)
    {
        Assert.Equal(requests, mesh.Pod(pod).Seen.Count);
        return Task.CompletedTask;
    }

    private static async Task AbortedAsync(EchoMesh mesh, double percent)
    {
        var statuses = new Dictionary<string, int>();
        for (var call = 0; call < 1000; call++)
        {
            var status = $"{(await mesh.SendAsync(new Call { Url = "http://c:9080/" })).Status}";
            statuses[status] = statuses.GetValueOrDefault(status) + 1;
        }

        Shares.AssertWithin(new Dictionary<string, double> { ["418"] = percent, ["200"] = 100 - percent }, statuses, 1000);
    }

    private static async Task IndependentAsync(EchoMesh mesh)
    {
        var flags = new Dictionary<string, int>();
        for (var call = 0; call < 400; call++)
        {
            var flag = await mesh.FlagsAsync(await mesh.SendAsync(new Call { Url = "http://c:9080/" }));
            flags[flag] = flags.GetValueOrDefault(flag) + 1;
        }

        Shares.AssertWithin(new Dictionary<string, double> { ["-"] = 25, ["DI"] = 25, ["FI"] = 25, ["DI,FI"] = 25 }, flags, 400);
    }
}
