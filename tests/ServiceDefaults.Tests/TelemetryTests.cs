using Bookinfo.ServiceDefaults.Http;
using Bookinfo.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Bookinfo.Tests.ServiceDefaults;

/// <summary>A service with an upstream, both over sockets, and a collector that is sent what OpenTelemetry exports.</summary>
/// <remarks>Sources of spans are the process's: what other tests do meanwhile would be exported, too.</remarks>
[Collection(nameof(OnlyOne))]
public sealed class TelemetryTests
{
    private const string Trace = "0af7651916cd43dd8448eb211c80319c";
    private const string Span = "b7ad6b7169203331";

    [Fact]
    public async Task Export_OneRequest_IsTracesMetricsAndLogsOfThisRelease()
    {
        await using var collector = await Collector.StartAsync();
        await using var other = await StandIn.StartAsync(Answers.Json("{}"));

        await RequestAsync(other, collector.Settings, ("traceparent", $"00-{Trace}-{Span}-01"));

        Assert.Equal(1, collector.Count("traces", "GET /x/{id}"));
        Assert.Equal(1, collector.Count("traces", "http.route"));
        Assert.InRange(collector.Count("traces", Convert.FromHexString(Trace)), 2, int.MaxValue);
        Assert.InRange(collector.Count("metrics", "http.server.request.duration"), 1, int.MaxValue);
        Assert.InRange(collector.Count("metrics", "http.client.request.duration"), 1, int.MaxValue);
        Assert.InRange(collector.Count("metrics", "dotnet.gc.collections"), 1, int.MaxValue);
        Assert.Equal(1, collector.Count("logs", "said inside"));
        Assert.Equal(1, collector.Count("logs", Convert.FromHexString(Trace)));
        foreach (var signal in (string[])["traces", "metrics", "logs"])
        {
            Assert.InRange(collector.Count(signal, "service.instance.id"), 1, int.MaxValue);
            Assert.InRange(collector.Count(signal, "test-pod"), 1, int.MaxValue);
            Assert.InRange(collector.Count(signal, "v9"), 1, int.MaxValue);
        }
    }

    [Fact]
    public async Task Export_ServiceNameSet_IsTaken()
    {
        await using var collector = await Collector.StartAsync();
        await using var other = await StandIn.StartAsync(Answers.Json("{}"));

        await RequestAsync(other,
            [.. collector.Settings, ("OTEL_SERVICE_NAME", "named-otherwise"), ("OTEL_RESOURCE_ATTRIBUTES", "team=books")]);

        Assert.InRange(collector.Count("traces", "named-otherwise"), 1, int.MaxValue);
        Assert.InRange(collector.Count("metrics", "books"), 1, int.MaxValue);
        Assert.InRange(collector.Count("logs", "books"), 1, int.MaxValue);
    }

    [Theory]
    [InlineData($"traceparent: 00-{Trace}-{Span}-01 | tracestate: a=b", "a=b")]
    [InlineData($"b3: {Trace}-{Span}-1", "")]
    [InlineData($"x-b3-traceid: {Trace} | x-b3-spanid: {Span} | x-b3-sampled: 1 | x-b3-parentspanid: 05e3ac9a4f6e3b90", "")]
    [InlineData($"traceparent: 00-{Trace}-{Span}-01 | b3: 80f198ee56343ba864fe8b2a57d3eff7-e457b5a2e4d86bd1-1", "")]
    public async Task Propagate_TracerOn_ContinuesTheCallersTraceInBothForms(string caller, string state)
    {
        await using var collector = await Collector.StartAsync();
        await using var other = await StandIn.StartAsync(Answers.Json("{}"));

        var headers = caller.Split(" | ").Select(header => header.Split(": ")).Select(pair => (pair[0], pair[1]));
        await RequestAsync(other, collector.Settings, [.. headers, ("baggage", "user=jason")]);

        var seen = Assert.Single(other.Requests).Headers;
        var span = seen["x-b3-spanid"].ToString();
        Assert.NotEqual(Span, span);
        Assert.Equal($"00-{Trace}-{span}-01", seen.TraceParent);
        Assert.Equal(Trace, seen["x-b3-traceid"]);
        Assert.Equal("1", seen["x-b3-sampled"]);
        Assert.Equal($"{Trace}-{span}-1", seen["b3"]);
        Assert.False(seen.ContainsKey("x-b3-parentspanid"));
        Assert.Equal("user=jason", seen["baggage"]);
        Assert.Equal(state, seen.TraceState.ToString());
    }

    [Fact]
    public async Task Propagate_CallerDoesNotSample_NeitherDoesTheService()
    {
        await using var collector = await Collector.StartAsync();
        await using var other = await StandIn.StartAsync(Answers.Json("{}"));

        await RequestAsync(other, collector.Settings, ("b3", $"{Trace}-{Span}-0"));

        var seen = Assert.Single(other.Requests).Headers;
        Assert.StartsWith($"00-{Trace}-", seen.TraceParent.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("-00", seen.TraceParent.ToString(), StringComparison.Ordinal);
        Assert.Equal("0", seen["x-b3-sampled"]);
        Assert.EndsWith("-0", seen["b3"].ToString(), StringComparison.Ordinal);
        Assert.Equal(0, collector.Count("traces", "GET /x/{id}"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("true")]
    public async Task Propagate_TracerOff_PassesOnWhatCame(string? disabled)
    {
        await using var collector = await Collector.StartAsync();
        await using var other = await StandIn.StartAsync(Answers.Json("{}"));
        (string, string?)[] settings = disabled is null ? [] : [.. collector.Settings, ("OTEL_SDK_DISABLED", disabled)];

        await RequestAsync(other, settings, ("traceparent", $"00-{Trace}-{Span}-01"), ("b3", $"{Trace}-{Span}-1"), ("x-b3-spanid", Span));

        var seen = Assert.Single(other.Requests).Headers;
        Assert.Equal($"00-{Trace}-{Span}-01", seen.TraceParent);
        Assert.Equal($"{Trace}-{Span}-1", seen["b3"]);
        Assert.Equal(Span, seen["x-b3-spanid"]);
        Assert.Equal(0, collector.Count("traces", "test-pod"));
    }

    [Fact]
    public async Task Export_InstanceIdOfTheOrchestrator_WinsInEverySignal()
    {
        await using var collector = await Collector.StartAsync();
        await using var other = await StandIn.StartAsync(Answers.Json("{}"));

        await RequestAsync(other, [.. collector.Settings, ("OTEL_RESOURCE_ATTRIBUTES", "service.instance.id=given-by-aspire")]);

        foreach (var signal in (string[])["traces", "metrics", "logs"])
        {
            Assert.InRange(collector.Count(signal, "given-by-aspire"), 1, int.MaxValue);
            Assert.Equal(0, collector.Count(signal, "test-pod"));
        }
    }

    [Fact]
    public async Task Export_UpstreamFails_IsALogOfThisTrace()
    {
        await using var collector = await Collector.StartAsync();
        await using var other = await StandIn.StartAsync(Answers.Status(503, "{}"));

        await RequestAsync(other, collector.Settings, ("traceparent", $"00-{Trace}-{Span}-01"));

        Assert.Equal(1, collector.Count("logs", $"GET http://127.0.0.1:{other.Port}/ answered 503"));
        Assert.Equal(2, collector.Count("logs", Convert.FromHexString(Trace)));
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    [InlineData("/health")]
    [InlineData("/fault")]
    public async Task Export_ProbeOrFaultSwitch_IsNoTrace(string path)
    {
        await using var collector = await Collector.StartAsync();
        await using var service = await TestService.StartAsync(app => app.MapGet("/health", () => "well"),
            settings: [.. collector.Settings, ("FAULT_SWITCH", "true")]);

        Assert.Equal(200, (await service.GetAsync(path)).Status);
        Assert.Equal(404, (await service.GetAsync("/traced")).Status);

        await service.StopAsync();
        await service.DisposeAsync();
        Assert.Equal(0, collector.Count("traces", path));
        Assert.Equal(1, collector.Count("traces", "/traced"));
    }

    private static async Task RequestAsync(StandIn other, (string, string?)[] settings, params (string Name, string Value)[] headers)
    {
        await using var service = await TestService.StartAsync(
            app =>
            {
                var clients = app.Services.GetRequiredService<IHttpClientFactory>();
                app.MapGet("/x/{id}", async context =>
                {
                    using var http = clients.CreateClient("other");
                    using var answer = await http.GetAsync("/", context.RequestAborted);
                    app.Logger.LogWarning("said {Where}", "inside");
                    await context.Response.WriteAsync("x");
                });
            },
            builder => builder.AddUpstream("other", _ => TimeSpan.FromSeconds(60), PropagatedHeaders.Default,
                new Uri($"http://127.0.0.1:{other.Port}")),
            settings: [.. settings, ("SERVICE_VERSION", "v9")]);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/x/1");
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var answer = await service.Client.SendAsync(request);
        Assert.Equal(200, (int)answer.StatusCode);

        // What is left is exported when the service ends.
        await service.StopAsync();
    }

    /// <summary>Runs while no other test does.</summary>
    [CollectionDefinition(nameof(OnlyOne), DisableParallelization = true)]
    public sealed class OnlyOne;
}
