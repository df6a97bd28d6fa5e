using System.Globalization;
using System.Text;
using Bookinfo.Mesh.Proxy.Telemetry;
using Microsoft.AspNetCore.Http;

namespace Bookinfo.Mesh.Proxy.Requests;

/// <summary>
/// Answers that the mesh gives itself: plain text, or for a gRPC caller a status in the headers of an otherwise empty 200
/// (<c>source/common/http/utility.cc: Utility::sendLocalReply</c> of envoyproxy/envoy).
/// </summary>
internal static class LocalReply
{
    /// <summary>The details of answers that the rules themselves ask for.</summary>
    public const string DirectResponse = "direct_response";

    public static Task SendAsync(Exchange exchange, int status, string body, ResponseFlags flags, string details) =>
        SendAsync(exchange, status, Encoding.UTF8.GetBytes(body), flags, details);

    public static Task SendAsync(Exchange exchange, int status, byte[] body, ResponseFlags flags, string details)
    {
        var response = exchange.Context.Response;
        if (!TryBegin(exchange, flags, details))
        {
            return Task.CompletedTask;
        }

        // The mesh's own answers undergo the route's changes as well (filter_manager.cc: sendLocalReplyViaFilterChain).
        exchange.FinishHeaders(response.Headers);
        if (exchange.IsOverloaded)
        {
            response.Headers["x-envoy-overloaded"] = "true";
        }

        return WriteAsync(exchange, status, body);
    }

    /// <summary>Answers without the route's changes, which may be what went wrong.</summary>
    /// <param name="exchange">The request.</param>
    /// <param name="status">The answer's status.</param>
    /// <param name="body">The answer's body.</param>
    /// <param name="flags">Why the mesh answers.</param>
    /// <param name="details">Envoy's word for it.</param>
    public static Task SendPlainAsync(Exchange exchange, int status, string body, ResponseFlags flags, string details)
    {
        if (!TryBegin(exchange, flags, details))
        {
            return Task.CompletedTask;
        }

        return WriteAsync(exchange, status, Encoding.UTF8.GetBytes(body));
    }

    private static bool TryBegin(Exchange exchange, ResponseFlags flags, string details)
    {
        exchange.Flags |= flags;
        exchange.Details = details;
        if (exchange.Context.Response.HasStarted)
        {
            return false;
        }

        exchange.Context.Response.Clear();
        exchange.NameServer(exchange.Context.Response.Headers);
        if (flags.HasFlag(ResponseFlags.DownstreamProtocolError) && !HttpProtocol.IsHttp2(exchange.Context.Request.Protocol))
        {
            // Where HTTP/1.1 is not as it has to be, nothing that follows can be trusted, and the connection ends with the answer. HTTP/2
            // has no such header; its streams end by themselves.
            exchange.Context.Response.Headers.Connection = "close";
        }

        return true;
    }

    private static Task WriteAsync(Exchange exchange, int status, byte[] body) => exchange.IsGrpc
        ? SendGrpcAsync(exchange, exchange.Context.Response, status, body)
        : SendTextAsync(exchange.Context.Response, status, body);

    private static Task SendTextAsync(HttpResponse response, int status, byte[] body)
    {
        response.StatusCode = status;
        if (body.Length == 0)
        {
            response.ContentLength = 0;
            return Task.CompletedTask;
        }

        response.ContentType = "text/plain";
        response.ContentLength = body.Length;
        return response.Body.WriteAsync(body).AsTask();
    }

    private static Task SendGrpcAsync(Exchange exchange, HttpResponse response, int status, byte[] message)
    {
        exchange.GrpcStatus ??= GrpcStatus.FromHttp(status);
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = "application/grpc";
        response.Headers["grpc-status"] = exchange.GrpcStatus.Value.ToString(CultureInfo.InvariantCulture);
        if (message.Length > 0)
        {
            response.Headers["grpc-message"] = GrpcMessage.Escape(message);
        }

        return Task.CompletedTask;
    }
}
