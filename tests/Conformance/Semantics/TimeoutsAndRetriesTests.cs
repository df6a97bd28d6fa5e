using System.Net;
using Bookinfo.Tests.Conformance.Harness;
using Microsoft.AspNetCore.Http;

namespace Bookinfo.Tests.Conformance.Semantics;

/// <summary>How often a request is tried, and when no more. What needs a clock is in <see cref="TimeoutsByTheClockTests"/>.</summary>
public sealed class TimeoutsAndRetriesTests(SemanticsMesh running) : IClassFixture<SemanticsMesh>
{
    private static readonly IReadOnlyList<Case> Statements =
    [
        Answering("a 503 answer is not retried by default", "", 503, tries: 1, "-"),
        Answering("attempts 0 switches retries off", "retries: {attempts: 0}", 503, tries: 1, "-"),
        Answering("attempts 1 is two tries", "retries: {attempts: 1, retryOn: 5xx, backoff: 1ms}", 503, tries: 2, "URX"),
        Answering("attempts 3 are four tries", "retries: {attempts: 3, retryOn: 5xx, backoff: 1ms}", 500, tries: 4, "URX"),
        Answering("5xx takes every 5xx", "retries: {attempts: 1, retryOn: 5xx, backoff: 1ms}", 501, tries: 2, "URX"),
        Answering("5xx takes no 4xx", "retries: {attempts: 1, retryOn: 5xx}", 429, tries: 1, "-"),
        Answering("gateway-error takes 502", "retries: {attempts: 1, retryOn: gateway-error, backoff: 1ms}", 502, tries: 2, "URX"),
        Answering("gateway-error takes 503", "retries: {attempts: 1, retryOn: gateway-error, backoff: 1ms}", 503, tries: 2, "URX"),
        Answering("gateway-error takes 504", "retries: {attempts: 1, retryOn: gateway-error, backoff: 1ms}", 504, tries: 2, "URX"),
        Answering("gateway-error takes no 500", "retries: {attempts: 1, retryOn: gateway-error}", 500, tries: 1, "-"),
        Answering("retriable-4xx is 409", "retries: {attempts: 1, retryOn: retriable-4xx, backoff: 1ms}", 409, tries: 2, "URX"),
        Answering("retriable-4xx is nothing else", "retries: {attempts: 1, retryOn: retriable-4xx}", 404, tries: 1, "-"),
        Answering("a number is a status to retry", "retries: {attempts: 1, retryOn: \"418\", backoff: 1ms}", 418, tries: 2, "URX"),
        Answering("several conditions are OR", "retries: {attempts: 1, retryOn: \"connect-failure,418,retriable-4xx\", backoff: 1ms}", 409,
            tries: 2, "URX"),
        Answering("connect-failure takes no answer", "retries: {attempts: 3, retryOn: connect-failure}", 503, tries: 1, "-"),
        Answering("reset takes no answer", "retries: {attempts: 3, retryOn: reset}", 503, tries: 1, "-"),
        Breaking("reset takes a connection that breaks off", "retries: {attempts: 2, retryOn: reset, backoff: 1ms}", tries: 3, "UC,URX"),
        Breaking("5xx takes a connection that breaks off", "retries: {attempts: 2, retryOn: 5xx, backoff: 1ms}", tries: 3, "UC,URX"),
        Breaking("gateway-error takes a connection that breaks off", "retries: {attempts: 2, retryOn: gateway-error, backoff: 1ms}",
            tries: 3, "UC,URX"),
        Breaking("connect-failure takes no connection that was made", "retries: {attempts: 2, retryOn: connect-failure}", tries: 1, "UC"),
        Breaking("the default conditions take no connection that was made", "", tries: 1, "UC"),
        new("the last answer goes to the caller, body and all", Rule("retries: {attempts: 1, retryOn: 5xx, backoff: 1ms}"))
        {
            Then = mesh =>
            {
                mesh.Pod("c-v1-0").Instead = (context, _) =>
                {
                    context.Response.StatusCode = 503;
                    return context.Response.WriteAsync($"try {mesh.Pod("c-v1-0").Seen.Count}");
                };
                return mesh.CheckAsync(new Call { Url = "http://c:9080/", Status = 503, Text = "try 2", Flag = "URX" });
            },
        },
        new("a retry that succeeds leaves no flag", Rule("retries: {attempts: 2, retryOn: 5xx, backoff: 1ms}"))
        {
            Then = mesh =>
            {
                FailFirst(mesh.Pod("c-v1-0"), 2, 503);
                return mesh.CheckAsync(new Call { Url = "http://c:9080/", By = "c-v1", Flag = "-" });
            },
        },
        new("every try has the whole body", Rule("retries: {attempts: 2, retryOn: 5xx, backoff: 1ms}"))
        {
            Then = async mesh =>
            {
                FailFirst(mesh.Pod("c-v1-0"), 2, 503);
                var body = new string('x', 40_000);
                await mesh.CheckAsync(new Call { Url = "http://c:9080/", Method = "POST", Body = body, By = "c-v1" });
                Assert.Equal([body, body, body], mesh.Pod("c-v1-0").Seen.Select(echo => echo.Body));
            },
        },
        new("the next try avoids hosts already tried",
            Yaml.VirtualService("pool", "- route: [{destination: {host: pool}}]\n  retries: {attempts: 1, retryOn: 5xx, backoff: 1ms}"))
        {
            Then = async mesh =>
            {
                mesh.Pod("pool-v1-0").Fail(503);
                var failed = 0;
                for (var call = 0; call < 200; call++)
                {
                    failed += (await mesh.SendAsync(new Call { Url = "http://pool:9080/" })).Status == 503 ? 1 : 0;
                }

                // Five reselections of two hosts miss the good one in less than 2 of 100 cases; without them it would be one in four.
                Assert.InRange(failed, 0, 12);
            },
        },
        new("with consistentHash a retry stays with its host", Yaml.All(
            Yaml.DestinationRule("pool", "trafficPolicy: {loadBalancer: {consistentHash: {httpHeaderName: x-user}}}"),
            Yaml.VirtualService("pool", "- route: [{destination: {host: pool}}]\n  retries: {attempts: 2, retryOn: 5xx, backoff: 1ms}")))
        {
            Then = async mesh =>
            {
                var call = new Call { Url = "http://pool:9080/", Headers = new Dictionary<string, string> { ["x-user"] = "jason" } };
                var pod = mesh.Pod((await mesh.SendAsync(call)).Echo!.Pod);
                pod.Fail(503);
                Assert.Equal(503, (await mesh.SendAsync(call)).Status);
                Assert.Equal(4, pod.Seen.Count);
            },
        },
        Grpc("unavailable takes grpc-status 14 in the headers", "unavailable", "14", tries: 2),
        Grpc("cancelled takes grpc-status 1 in the headers", "cancelled", "1", tries: 2),
        Grpc("resource-exhausted takes grpc-status 8 in the headers", "resource-exhausted", "8", tries: 2),
        Grpc("unavailable takes no other status", "unavailable", "5", tries: 1),
        Grpc("by default a gRPC call is retried when it is unavailable", null, "14", tries: 3),
        new("a gRPC status in the trailers is not retried",
            Yaml.VirtualService("g", "- route: [{destination: {host: g}}]\n  retries: {attempts: 3, retryOn: unavailable}"))
        {
            Then = async mesh =>
            {
                mesh.Pod("g-v1-0").Instead = async (context, _) =>
                {
                    context.Response.ContentType = "application/grpc";
                    await context.Response.Body.WriteAsync(new byte[5]);
                    context.Response.AppendTrailer("grpc-status", "14");
                };
                var reply = await mesh.SendAsync(GrpcCall);
                Assert.Equal(("14", 1), (reply.Trailers["grpc-status"], mesh.Pod("g-v1-0").Seen.Count));
            },
        },
    ];

    private static Call GrpcCall => new()
    {
        Url = "http://g:7070/book.Catalog/Get",
        Method = "POST",
        Http = HttpVersion.Version20,
        Headers = new Dictionary<string, string> { ["Content-Type"] = "application/grpc", ["TE"] = "trailers" },
        Body = "",
    };

    public static IEnumerable<TheoryDataRow<string>> Rows => Table.Of(Statements);

    [Theory]
    [MemberData(nameof(Rows))]
    public Task Retries_OnTheRunningMesh_AreThoseOfEnvoy(string row) => running.Mesh.RunAsync(Table.Find(Statements, row));

    private static string Rule(string fields) => Yaml.VirtualService("c", $"- route: [{{destination: {{host: c}}}}]\n  {fields}");

    private static Case Answering(string name, string fields, int status, int tries, string flag) => new(name, Rule(fields))
    {
        Then = async mesh =>
        {
            mesh.Pod("c-v1-0").Fail(status);
            await mesh.CheckAsync(new Call { Url = "http://c:9080/", Status = status, Flag = flag });
            Assert.Equal(tries, mesh.Pod("c-v1-0").Seen.Count);
        },
    };

    private static Case Breaking(string name, string fields, int tries, string flag) => new(name, Rule(fields))
    {
        Then = async mesh =>
        {
            mesh.Pod("c-v1-0").Instead = (context, _) =>
            {
                context.Abort();
                return Task.CompletedTask;
            };
            await mesh.CheckAsync(new Call { Url = "http://c:9080/", Status = 503, Flag = flag });
            Assert.Equal(tries, mesh.Pod("c-v1-0").Seen.Count);
        },
    };

    private static Case Grpc(string name, string? retryOn, string status, int tries) => new(name, retryOn is null
        ? ""
        : Yaml.VirtualService("g",
            $"- route: [{{destination: {{host: g}}}}]\n  retries: {{attempts: 1, retryOn: {retryOn}, backoff: 1ms}}"))
    {
        Then = async mesh =>
        {
            mesh.Pod("g-v1-0").Instead = (context, _) =>
            {
                context.Response.ContentType = "application/grpc";
                context.Response.Headers["grpc-status"] = status;
                return Task.CompletedTask;
            };
            var reply = await mesh.SendAsync(GrpcCall);
            Assert.Equal((status, tries), (reply.Headers["grpc-status"], mesh.Pod("g-v1-0").Seen.Count));
        },
    };

    private static void FailFirst(EchoPod pod, int times, int status) => pod.Instead = (context, echo) =>
    {
        if (pod.Seen.Count > times)
        {
            return EchoPod.RespondAsync(context, echo);
        }

        context.Response.StatusCode = status;
        return Task.CompletedTask;
    };
}
