using System.Collections.Concurrent;
using Bookinfo.Mesh.Proxy.Requests;
using Bookinfo.Mesh.Proxy.Telemetry;
using Microsoft.AspNetCore.Http.Features;

namespace Bookinfo.Mesh.Proxy.Pipeline;

/// <summary>
/// Keeps the last requests of each caller to each release, so that a busy release does not push out those of a quiet one.
/// </summary>
/// <param name="size">How many of each; at least 1.</param>
/// <param name="time">The clock of the moments.</param>
internal sealed class RequestHistory(int size, TimeProvider time)
{
    private readonly ConcurrentDictionary<TrafficSeries, Ring> _rings = new();

    /// <summary>What is kept, in no order, with the labels of its series.</summary>
    public IEnumerable<(TrafficLabels Labels, KeptRequest Request)> All =>
        _rings.SelectMany(ring => ring.Value.Read(), (ring, request) => (ring.Key.Labels, request));

    /// <summary>Takes up a request that is over.</summary>
    public void Add(Exchange exchange, TrafficSeries series, int status, TimeSpan duration)
    {
        var request = exchange.Context.Request;
        _rings.GetOrAdd(series, static (_, size) => new Ring(size), size).Add(new KeptRequest(
            time.GetUtcNow(),
            request.Method,
            exchange.Context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget,
            status,
            exchange.Flags,
            exchange.Attempts,
            duration,
            request.Headers["x-request-id"].ToString()));
    }

    private sealed class Ring(int size)
    {
        private readonly Lock _change = new();
        private readonly KeptRequest[] _entries = new KeptRequest[size];
        private long _count;

        public void Add(in KeptRequest request)
        {
            lock (_change)
            {
                _entries[_count++ % _entries.Length] = request;
            }
        }

        public KeptRequest[] Read()
        {
            lock (_change)
            {
                return _entries[..(int)Math.Min(_count, _entries.Length)];
            }
        }
    }
}
