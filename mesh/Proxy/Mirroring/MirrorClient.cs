using Bookinfo.Mesh.Http1.Connections;
using Bookinfo.Mesh.Http1.Reading;
using Bookinfo.Mesh.Proxy.Clusters;
using Bookinfo.Mesh.Proxy.Endpoints;
using Bookinfo.Mesh.Proxy.Requests;
using Microsoft.AspNetCore.Http;

namespace Bookinfo.Mesh.Proxy.Mirroring;

/// <summary>Sends copies and drops the answers, in the version that the destination speaks.</summary>
internal static class MirrorClient
{
    /// <summary>Sends a copy and reads the answer to its end.</summary>
    /// <returns>The answer's status and the bytes of its body.</returns>
    /// <exception cref="IOException">There is no whole answer.</exception>
    /// <exception cref="HttpRequestException">Likewise.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Task<(int Status, long Bytes)> SendAsync(
        Cluster cluster, UpstreamHost host, MirroredRequest request, bool http2, CancellationToken cancellationToken) =>
        http2 ? SendHttp2Async(cluster, host, request, cancellationToken) : SendHttp1Async(cluster, host, request, cancellationToken);

    private static async Task<(int Status, long Bytes)> SendHttp1Async(
        Cluster cluster, UpstreamHost host, MirroredRequest request, CancellationToken cancellationToken)
    {
        var pool = cluster.Http1PoolOf(host);
        var connection = await pool.RentAsync(cancellationToken);
        try
        {
            await using var ended = cancellationToken.UnsafeRegister(static each => ((Http1Connection)each!).Abort(),
                connection);
            connection.Begin(HttpMethods.IsHead(request.Method));
            request.WriteHead(connection.Request);
            if (request.Body is { } body)
            {
                await connection.Request.CopyAsync(body, source: null, cancellationToken);
            }

            await connection.Request.EndAsync();
            return await ReadAsync(connection.Response);
        }
        finally
        {
            pool.Return(connection);
        }
    }

    private static async Task<(int Status, long Bytes)> ReadAsync(ResponseReader response)
    {
        do
        {
            await response.ReadHeadAsync();
        }
        while (response.IsInterim);
        var length = 0L;
        for (var bytes = await response.ReadBodyAsync(); !bytes.IsEmpty; bytes = await response.ReadBodyAsync())
        {
            length += bytes.Length;
        }

        return (response.Status, length);
    }

    private static async Task<(int Status, long Bytes)> SendHttp2Async(
        Cluster cluster, UpstreamHost host, MirroredRequest request, CancellationToken cancellationToken)
    {
        var connections = cluster.EnterHttp2();
        try
        {
            using var message = request.ToMessage(host);
            using var response = await connections.Invoker.SendAsync(message, cancellationToken);
            var answer = new CountingStream();
            answer.Over(Stream.Null);
            await response.Content.CopyToAsync(answer, cancellationToken);
            return ((int)response.StatusCode, answer.Count);
        }
        finally
        {
            connections.Leave();
        }
    }
}
