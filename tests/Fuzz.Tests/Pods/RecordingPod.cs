using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Bookinfo.Tests.Fuzz.Wire;

namespace Bookinfo.Tests.Fuzz.Pods;

/// <summary>
/// A pod on a raw socket. It reads strictly, keeps every request with its bytes, and answers 200 with the request's number and the markers
/// that it found, so that it is seen whose answer a caller gets.
/// </summary>
public sealed class RecordingPod : IAsyncDisposable
{
    /// <summary>The answer's field with <see cref="PodRequest.Number"/>.</summary>
    public const string NumberField = "x-pod-request";

    /// <summary>
    /// A request with this field is answered with 503 when its marker is seen for the first time, so that retries have work to do.
    /// </summary>
    public const string FailOnceField = "x-fail-once";

    private static int _lastNumber;
    private readonly Socket _listener = new(SocketType.Stream, ProtocolType.Tcp);
    private readonly bool _http2;
    private readonly ConcurrentDictionary<Connection, byte> _open = [];
    private readonly ConcurrentDictionary<string, byte> _failed = [];
    private readonly ConcurrentQueue<PodRequest> _seen = [];

    private RecordingPod(string name, bool http2) => (Name, _http2) = (name, http2);

    public string Name { get; }

    public IPEndPoint Address => (IPEndPoint)_listener.LocalEndPoint!;

    public static RecordingPod Start(string name, bool http2 = false)
    {
        var pod = new RecordingPod(name, http2);
        pod._listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        pod._listener.Listen();
        _ = pod.AcceptAsync();
        return pod;
    }

    /// <summary>Hands out the requests since the last call.</summary>
    public IReadOnlyList<PodRequest> Take()
    {
        var taken = new List<PodRequest>();
        while (_seen.TryDequeue(out var request))
        {
            taken.Add(request);
        }

        return taken;
    }

    public ValueTask DisposeAsync()
    {
        _listener.Dispose();
        foreach (var connection in _open.Keys)
        {
            connection.Dispose();
        }

        return ValueTask.CompletedTask;
    }

    internal static int NextNumber() => Interlocked.Increment(ref _lastNumber);

    internal void Record(PodRequest request) => _seen.Enqueue(request);

    /// <summary>Status, fields and body of the answer to a request.</summary>
    internal (int Status, IReadOnlyList<Field> Fields, string Body) Answer(PodRequest request)
    {
        var markers = string.Join(' ', Marker.FindAll(request.Raw).Distinct());
        var fails = request.Fields.Any(field => field.Is(FailOnceField)) && _failed.TryAdd(markers, 0);
        return (fails ? 503 : 200,
            [
                new Field(NumberField, request.Number.ToString(CultureInfo.InvariantCulture)),
                new Field("set-cookie", $"seen={markers.Replace(' ', '.')}"),
                new Field("content-type", "text/plain"),
            ],
            $"{request.Number} has {markers}");
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptAsync();
                socket.NoDelay = true;
                _ = ServeAsync(new Connection(socket));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The pod has been stopped.
        }
    }

    private async Task ServeAsync(Connection connection)
    {
        _open[connection] = 0;
        await (_http2 ? new Http2PodConnection(this, connection).ServeAsync() : new Http1PodConnection(this, connection).ServeAsync());
        _open.TryRemove(connection, out _);
        connection.Dispose();
    }
}
