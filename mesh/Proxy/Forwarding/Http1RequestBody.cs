using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Bookinfo.Mesh.Http1;
using Bookinfo.Mesh.Http1.Connections;
using Bookinfo.Mesh.Proxy.Requests;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Bookinfo.Mesh.Proxy.Forwarding;

/// <summary>
/// A request's body and trailers on their way to a pod. Where the caller waits for <c>100 Continue</c>, it is the pod that says it (Istio's
/// <c>ENABLE_100_CONTINUE_HEADERS</c>): the body is not asked for before.
/// </summary>
internal sealed class Http1RequestBody
{
    /// <summary>A pod that does not know the header waits for the body, so that its word is not waited for without end.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);

    private readonly Http1Connection _connection;
    private readonly Exchange _exchange;
    private readonly TimeProvider _time;
    private readonly TaskCompletionSource? _wanted;

    public Http1RequestBody(Http1Connection connection, Exchange exchange, TimeProvider time)
    {
        (_connection, _exchange, _time) = (connection, exchange, time);
        var expect = exchange.Context.Request.Headers.Expect;
        if (expect.Count > 0 && expect.ToString().Equals("100-continue", StringComparison.OrdinalIgnoreCase))
        {
            _wanted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>The pod asks for the body. Whether the caller learns that by its being read.</summary>
    public bool Continue() => _wanted?.TrySetResult() == true || _wanted is not null;

    /// <summary>Sends it to its end. A caller who breaks it off breaks the connection to the pod.</summary>
    /// <exception cref="Http1Exception">The body could not be read, or the connection broke.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask SendAsync()
    {
        var request = _connection.Request;
        try
        {
            if (_wanted is not null)
            {
                await request.FlushAsync();
                await WaitUntilWantedAsync(_wanted.Task);
            }

            await request.CopyAsync(_exchange.Context.Request.Body, Source(), _connection.Sending);
            WriteTrailers();
            await request.EndAsync();
        }
        catch (Http1Exception e) when (e.Error == Http1Error.RequestBody)
        {
            // Who waits for the answer is told.
            _connection.Abort();
            throw;
        }
    }

    /// <summary>The caller's socket, where nothing but this request comes on it.</summary>
    private Socket? Source() => HttpProtocol.IsHttp2(_exchange.Context.Request.Protocol) ? null
        : _exchange.Context.Features.Get<IConnectionSocketFeature>()?.Socket;

    private async Task WaitUntilWantedAsync(Task wanted)
    {
        try
        {
            await wanted.WaitAsync(Timeout, _time, _connection.Sending);
        }
        catch (TimeoutException)
        {
            // It goes on without being asked.
        }
    }

    private void WriteTrailers()
    {
        if (_exchange.Context.Features.Get<IHttpRequestTrailersFeature>() is not { Available: true, Trailers: { Count: > 0 } trailers })
        {
            return;
        }

        _connection.Request.EndChunks();
        foreach (var (name, values) in trailers)
        {
            foreach (var value in values)
            {
                _connection.Request.WriteTrailer(name, value);
            }
        }
    }
}
