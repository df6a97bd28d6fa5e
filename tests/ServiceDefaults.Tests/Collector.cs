using System.Collections.Concurrent;
using System.Text;
using Bookinfo.Tests.Support;

namespace Bookinfo.Tests.ServiceDefaults;

/// <summary>
/// An OTLP endpoint that keeps what it is sent. Protobuf carries texts as they are, so what was said can be searched for.
/// </summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly ConcurrentQueue<(string Signal, byte[] Bytes)> _received = [];
    private StandIn? _listener;

    public (string Key, string? Value)[] Settings =>
        [("OTEL_EXPORTER_OTLP_ENDPOINT", $"http://127.0.0.1:{_listener!.Port}"), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")];

    public static async Task<Collector> StartAsync()
    {
        var collector = new Collector();
        collector._listener = await StandIn.StartAsync(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            collector._received.Enqueue((context.Request.Path.Value!, body.ToArray()));
        });
        return collector;
    }

    /// <summary>How often a signal (<c>traces</c>, <c>metrics</c>, <c>logs</c>) says something.</summary>
    public int Count(string signal, string text) => Count(signal, Encoding.UTF8.GetBytes(text));

    /// <summary>How often a signal has these bytes, for example those of a trace's id.</summary>
    public int Count(string signal, ReadOnlySpan<byte> wanted)
    {
        var count = 0;
        foreach (var (_, bytes) in _received.Where(sent => sent.Signal == $"/v1/{signal}"))
        {
            count += bytes.AsSpan().Count(wanted);
        }

        return count;
    }

    public ValueTask DisposeAsync() => _listener!.DisposeAsync();
}
