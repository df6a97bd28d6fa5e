using System.Collections.Concurrent;
using System.Net;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace Bookinfo.Tests.AppHost;

/// <summary>Stands in for the dashboard's OTLP endpoint (HTTP, protobuf) and keeps which service sent a span of which trace.</summary>
internal sealed class TraceCollector : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TraceCollector(WebApplication app) => _app = app;

    /// <summary>The services that took part in a trace, by its id.</summary>
    public ConcurrentDictionary<string, ConcurrentDictionary<string, bool>> Traces { get; } = [];

    public string Url => _app.Urls.Single();

    public static async Task<TraceCollector> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var collector = new TraceCollector(builder.Build());
        collector._app.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            if (context.Request.Path == "/v1/traces")
            {
                collector.Read(body.ToArray());
            }
        });
        await collector._app.StartAsync();
        return collector;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    // opentelemetry-proto, trace_service.proto: ExportTraceServiceRequest.resource_spans = 1; ResourceSpans.resource = 1, scope_spans = 2; ScopeSpans.spans = 2; Span.trace_id = 1.
    private void Read(byte[] request)
    {
        foreach (var resourceSpans in Fields(request, 1))
        {
            var service = Fields(resourceSpans, 1).SelectMany(resource => Fields(resource, 1)).Select(Attribute).Single(pair => pair.Key == "service.name").Value;
            foreach (var span in Fields(resourceSpans, 2).SelectMany(scope => Fields(scope, 2)))
            {
                Traces.GetOrAdd(Convert.ToHexString(Fields(span, 1).Single()), _ => [])[service] = true;
            }
        }
    }

    private static (string Key, string Value) Attribute(byte[] pair) =>
        (Text(Fields(pair, 1)), Text(Fields(pair, 2).SelectMany(value => Fields(value, 1))));

    private static string Text(IEnumerable<byte[]> values) => string.Concat(values.Select(System.Text.Encoding.UTF8.GetString));

    /// <summary>The contents of a message's fields of that number, as far as they have a length.</summary>
    private static List<byte[]> Fields(byte[] message, int number)
    {
        var found = new List<byte[]>();
        using var input = new CodedInputStream(message);
        while (input.ReadTag() is var tag && tag != 0)
        {
            if (WireFormat.GetTagFieldNumber(tag) == number && WireFormat.GetTagWireType(tag) == WireFormat.WireType.LengthDelimited)
            {
                found.Add(input.ReadBytes().ToByteArray());
            }
            else
            {
                input.SkipLastField();
            }
        }

        return found;
    }
}
