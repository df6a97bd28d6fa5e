using System.Diagnostics;
using Bookinfo.Mesh.Proxy.Requests;
using Bookinfo.Mesh.Proxy.Routing;
using Bookinfo.Mesh.Proxy.Telemetry;

namespace Bookinfo.Mesh.Proxy.Pipeline;

/// <summary>
/// A span for each hop, where somebody listens; otherwise the caller's trace context goes through as it came (W3C Trace Context). The
/// gateway's is the server's side of a call from outside, a sidecar's the client's side of a call of its pod.
/// </summary>
internal static class Tracing
{
    /// <summary>What to listen to.</summary>
    public const string SourceName = "Bookinfo.Mesh.Proxy";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>Begins the hop's span as a child of the caller's; the destination becomes a child of the hop.</summary>
    public static Activity? Start(Exchange exchange)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        var headers = exchange.Context.Request.Headers;
        ActivityContext.TryParse(headers.TraceParent, headers.TraceState, isRemote: true, out var parent);
        var kind = exchange.Caller.IsGateway ? ActivityKind.Server : ActivityKind.Client;
        var span = Source.StartActivity(exchange.Context.Request.Method, kind, parent);
        if (span?.Id is { } id)
        {
            headers.TraceParent = id;
        }

        return span;
    }

    /// <summary>Ends the span with what Envoy's spans carry.</summary>
    public static void Stop(Activity span, Exchange exchange, int status)
    {
        span.DisplayName = $"{exchange.Context.Request.Method} {RouteOf(exchange)}";
        span.SetTag("http.request.method", exchange.Context.Request.Method);
        span.SetTag("url.path", exchange.Path);
        span.SetTag("http.response.status_code", status);
        span.SetTag("response_flags", exchange.Flags.Text());
        span.SetTag("upstream_cluster", exchange.ClusterName);
        span.SetTag("peer.address", exchange.Host?.Endpoint.Address);
        span.SetTag("source_workload", exchange.Caller.Workload.Name);
        span.SetTag("destination_workload", exchange.Host?.Endpoint.Pod?.Workload.Name);
        if (status is 0 or >= 500)
        {
            span.SetStatus(ActivityStatusCode.Error);
        }

        span.Dispose();
    }

    /// <summary>A name that few spans share: the route's or, where rules give it none, the service's that it leads to.</summary>
    private static string RouteOf(Exchange exchange) => exchange.RouteName is { Length: > 0 } name and not Route.DefaultName
        ? name
        : (exchange.Host?.Series ?? exchange.Series)?.Labels.ServiceName ?? "unknown";
}
