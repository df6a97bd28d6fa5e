using System.Net;
using Bookinfo.Mesh.Istio.Names;
using Bookinfo.Mesh.Proxy.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Bookinfo.Mesh.Proxy.Pipeline;

/// <summary>
/// What Envoy's connection manager makes of a request's headers before a rule sees them, at the edge (Istio's gateway:
/// <c>use_remote_address</c>) and in a sidecar (<c>source/common/http/conn_manager_utility.cc: mutateRequestHeaders, cleanInternalHeaders,
/// mutateXfccRequestHeader</c> of envoyproxy/envoy;
/// <c>pilot/pkg/networking/core/gateway.go</c> of istio/istio).
/// </summary>
internal static class RequestHeaders
{
    /// <summary>Those that every caller loses; the last one because the caller has no TLS.</summary>
    private static readonly string[] Internal = [.. RemovedHeaders.Internal, "x-forwarded-client-cert"];

    private static readonly string[] InternalAtTheEdge =
        ["x-envoy-decorator-operation", "x-envoy-downstream-service-cluster", "x-envoy-downstream-service-node",
            "x-envoy-original-path", "x-envoy-original-host"];

    /// <summary>Removes what ends here or is not a caller's to say, and adds what the mesh says of the request.</summary>
    /// <param name="context">The request.</param>
    /// <param name="isEdge">Whether the caller comes from outside, by the gateway.</param>
    /// <param name="targetScheme">The scheme that an absolute target names, or <c>:scheme</c>; null where the request has none of its
    /// own.</param>
    public static void Complete(HttpContext context, bool isEdge, string? targetScheme)
    {
        var request = context.Request;
        var headers = request.Headers;
        HopByHopHeaders.Remove(headers);
        if (HasInternal(headers))
        {
            Remove(headers, Internal);
            if (isEdge)
            {
                Remove(headers, InternalAtTheEdge);
            }
        }

        if (headers.Referer.Count > 0 && !IsOneUrl(headers.Referer))
        {
            headers.Remove("referer");
        }

        if (isEdge && context.Connection.RemoteIpAddress is { } from)
        {
            var address = Plain(from).ToString();
            headers["x-forwarded-for"] = Append(headers["x-forwarded-for"], address);
            headers["x-envoy-external-address"] = address;
        }

        if (isEdge || !headers.TryGetValue("x-forwarded-proto", out var scheme))
        {
            // The mesh's listeners have no TLS.
            headers["x-forwarded-proto"] = scheme = "http";
        }

        request.Scheme = targetScheme ?? (scheme.ToString().Equals("https", StringComparison.OrdinalIgnoreCase) ? "https" : "http");
        if (isEdge || !headers.ContainsKey("x-request-id"))
        {
            headers["x-request-id"] = RequestIds.Next();
        }
    }

    /// <summary>Most requests have none: one look at the names there are costs less than looking for each.</summary>
    private static bool HasInternal(IHeaderDictionary headers)
    {
        using var lines = new HeaderLines(headers);
        foreach (var (name, _) in lines)
        {
            if (name.StartsWith("x-envoy-", StringComparison.OrdinalIgnoreCase)
                || name.Equals("x-forwarded-client-cert", StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static void Remove(IHeaderDictionary headers, string[] names)
    {
        foreach (var name in names)
        {
            headers.Remove(name);
        }
    }

    /// <summary>Envoy keeps a Referer only where there is one and it is an absolute URL of HTTP.</summary>
    private static bool IsOneUrl(StringValues referer) => referer.Count == 1
        && (referer.ToString().StartsWith("http://", StringComparison.OrdinalIgnoreCase)
            || referer.ToString().StartsWith("https://", StringComparison.OrdinalIgnoreCase));

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    /// <summary>Values that are empty leave no comma (<c>source/common/http/header_map_impl.cc: appendToHeader</c>).</summary>
    private static StringValues Append(StringValues there, string from) =>
        there.Count == 0 ? from : string.Join(',', there.Where(value => !string.IsNullOrEmpty(value)).Append(from));
}
