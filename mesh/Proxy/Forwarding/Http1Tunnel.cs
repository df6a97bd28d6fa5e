using System.Buffers;
using Bookinfo.Mesh.Http1;
using Bookinfo.Mesh.Http1.Connections;
using Bookinfo.Mesh.Proxy.Requests;
using Microsoft.AspNetCore.Http.Features;

namespace Bookinfo.Mesh.Proxy.Forwarding;

/// <summary>A connection that has left HTTP: bytes go both ways until one side ends it.</summary>
internal static class Http1Tunnel
{
    private const int BufferSize = 16 * 1024;

    /// <exception cref="Http1Exception">The pod's side broke.</exception>
    /// <exception cref="OperationCanceledException">The caller's side is gone.</exception>
    public static async ValueTask RunAsync(Http1Connection connection, Exchange exchange)
    {
        await using var caller = await OpenAsync(exchange.Context.Features);
        using var over = new CancellationTokenSource();
        var there = SendAsync(caller, connection, exchange, over.Token);
        var back = ReceiveAsync(connection, caller, exchange);
        await Task.WhenAny(there, back);

        // What one side ends is over for the other as well.
        await over.CancelAsync();
        connection.Abort();
        await Task.WhenAll(there, back).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static async ValueTask<Stream> OpenAsync(IFeatureCollection features) =>
        features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true } connect ? await connect.AcceptAsync()
            : await features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();

    private static async Task SendAsync(Stream caller, Http1Connection connection, Exchange exchange, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            int read;
            while ((read = await caller.ReadAsync(buffer, cancellationToken)) > 0)
            {
                exchange.Bodies.CountRequest(read);
                await connection.Request.WriteRawAsync(buffer.AsMemory(0, read));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async Task ReceiveAsync(Http1Connection connection, Stream caller, Exchange exchange)
    {
        for (var bytes = await connection.Response.ReadBodyAsync(); !bytes.IsEmpty; bytes = await connection.Response.ReadBodyAsync())
        {
            exchange.Bodies.CountResponse(bytes.Length);
            await caller.WriteAsync(bytes);
            await caller.FlushAsync();
        }
    }
}
