using System.Runtime.CompilerServices;
using Bookinfo.Mesh.Http1;
using Bookinfo.Mesh.Http1.Connections;
using Bookinfo.Mesh.Http1.Pooling;
using Bookinfo.Mesh.Http1.Reading;
using Microsoft.AspNetCore.Http;

namespace Bookinfo.Mesh.Proxy.Forwarding;

/// <summary>Sends as HTTP/1.1, on connections of <see cref="Http1Pool"/>. A request is sent once.</summary>
internal sealed class Http1UpstreamClient(TimeProvider time) : IUpstreamClient
{
    private static readonly Action<object?> Abort = static connection => ((Http1Connection)connection!).Abort();

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<UpstreamFailure?> SendAsync(UpstreamAttempt attempt, CancellationToken cancellationToken)
    {
        var pool = attempt.Cluster.Http1PoolOf(attempt.Host);
        Http1Connection connection;
        try
        {
            connection = pool.TryRent() ?? await WaitAsync(pool, attempt.Exchange.Context.RequestAborted, cancellationToken);
        }
        catch (Http1Exception e)
        {
            return UpstreamFailure.From(e);
        }
        catch (OperationCanceledException)
        {
            return UpstreamFailure.ConnectTimeout;
        }

        try
        {
            // Both end before the connection goes back, where it may be another request's.
            using var ended = cancellationToken.UnsafeRegister(Abort, connection);
            using var callerGone = attempt.Exchange.Context.RequestAborted.UnsafeRegister(Abort, connection);
            attempt.Begin();
            return await ExchangeAsync(attempt, connection, cancellationToken);
        }
        finally
        {
            pool.Return(connection);
        }
    }

    /// <summary>Waits for a connection until the attempt is over or its caller gone.</summary>
    private static async Task<Http1Connection> WaitAsync(Http1Pool pool, CancellationToken callerGone, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(callerGone, cancellationToken);
        return await pool.RentAsync(either.Token);
    }

    /// <summary>Request and answer go side by side: the answer may come while the body is still being sent (RFC 9112, 9.5).</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<UpstreamFailure?> ExchangeAsync(
        UpstreamAttempt attempt, Http1Connection connection, CancellationToken cancellationToken)
    {
        var exchange = attempt.Exchange;
        var head = Http1RequestHead.Of(exchange);
        connection.Begin(HttpMethods.IsHead(head.Method), head.CanSwitch);
        head.Write(connection.Request, exchange);
        var body = head.HasBody ? new Http1RequestBody(connection, exchange, time) : null;
        var sending = body is null ? connection.Request.EndAsync() : body.SendAsync();
        var failure = await AnswerAsync(attempt, connection, body, cancellationToken);
        if (!connection.Request.IsComplete)
        {
            // Nothing more of it is wanted: the answer is over, or there will be none.
            connection.Abort();
        }

        try
        {
            await sending;
        }
        catch (Http1Exception e) when (e.Error == Http1Error.RequestBody)
        {
            failure = failure is null ? null : UpstreamFailure.CallerError;
        }
        catch (Exception e) when (e is Http1Exception or OperationCanceledException)
        {
            // What the pod has answered all the same, or why it has not, is known.
        }

        return failure;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<UpstreamFailure?> AnswerAsync(
        UpstreamAttempt attempt, Http1Connection connection, Http1RequestBody? body, CancellationToken cancellationToken)
    {
        var response = connection.Response;
        try
        {
            await response.ReadHeadAsync();
            while (response.IsInterim)
            {
                await PassOnAsync(attempt, response, body, cancellationToken);
                await response.ReadHeadAsync();
            }

            if (!attempt.Accepts(Http1ResponseHead.Read(response, attempt.Exchange)))
            {
                return null;
            }

            Http1ResponseHead.Copy(response, attempt.Exchange);
            await (response.BodyKind == ResponseBodyKind.Tunnel
                ? Http1Tunnel.RunAsync(connection, attempt.Exchange)
                : Http1ResponseBody.CopyAsync(response, attempt.Exchange, cancellationToken));
            return null;
        }
        catch (Http1Exception e)
        {
            return UpstreamFailure.From(e);
        }
        catch (OperationCanceledException)
        {
            // The caller takes no more of the answer, or the attempt's time is over.
            return UpstreamFailure.CallerGone;
        }
    }

    private static async ValueTask PassOnAsync(
        UpstreamAttempt attempt, ResponseReader response, Http1RequestBody? body, CancellationToken cancellationToken)
    {
        if (InterimResponses.Concerns(response.Status))
        {
            attempt.BeginInterim();
            if (response.Status != StatusCodes.Status100Continue || body?.Continue() != true)
            {
                await InterimResponses.PassOnAsync(attempt.Exchange.Context, response, cancellationToken);
            }
        }
    }
}
