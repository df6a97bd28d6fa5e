using System.Net;
using Bookinfo.Mesh.Proxy.Requests;
using Microsoft.Extensions.Primitives;

namespace Bookinfo.Mesh.Proxy.Pipeline;

/// <summary>
/// What Envoy's connection manager puts on every request: an <c>x-request-id</c> where there is none, <c>x-forwarded-proto</c>, and at the gateway
/// where the request came from (https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_conn_man/headers).
/// </summary>
internal static class RequestHeaders
{
    public static void Complete(Exchange exchange)
    {
        var headers = exchange.Context.Request.Headers;
        if (!headers.ContainsKey("x-request-id"))
        {
            headers["x-request-id"] = Guid.NewGuid().ToString();
        }

        if (exchange.Caller.IsGateway)
        {
            headers["x-forwarded-proto"] = exchange.Context.Request.Scheme;
            if (exchange.Context.Connection.RemoteIpAddress is { } from)
            {
                headers["x-forwarded-for"] = Append(headers["x-forwarded-for"], from);
            }
        }
        else if (!headers.ContainsKey("x-forwarded-proto"))
        {
            headers["x-forwarded-proto"] = exchange.Context.Request.Scheme;
        }
    }

    private static StringValues Append(StringValues there, IPAddress from) => there.Count == 0 ? from.ToString() : $"{there},{from}";
}
