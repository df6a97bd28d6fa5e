using System.Globalization;
using Bookinfo.Mesh.Proxy.Requests;
using Bookinfo.Mesh.Proxy.Telemetry;
using Microsoft.AspNetCore.Http.Features;

namespace Bookinfo.Mesh.Proxy.Pipeline;

/// <summary>
/// One line for each request, in the format that Istio gives Envoy (<c>pilot/pkg/model/telemetry_logging.go: EnvoyTextLogFormat</c>).
/// </summary>
internal sealed class AccessLog(TextWriter writer, TimeProvider time)
{
    private readonly TextWriter _writer = TextWriter.Synchronized(writer);

    public void Write(Exchange exchange, int status, TimeSpan duration)
    {
        var request = exchange.Context.Request;
        var connection = exchange.Context.Connection;
        var started = time.GetUtcNow() - duration;
        var upstream = exchange.UpstreamTime is { } took ? ((long)took.TotalMilliseconds).ToString(CultureInfo.InvariantCulture) : "-";
        _writer.WriteLine(HttpSyntax.Escape(string.Create(CultureInfo.InvariantCulture,
            $"[{started:yyyy-MM-ddTHH:mm:ss.fff}Z] \"{request.Method} "
            + $"{exchange.Context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget} {request.Protocol}\" "
            + $"{status} {exchange.Flags.Text()} {exchange.Details ?? "-"} - \"-\" {exchange.Bodies.RequestBytes} "
            + $"{exchange.Bodies.ResponseBytes} "
            + $"{(long)duration.TotalMilliseconds} {upstream} \"{Header("x-forwarded-for")}\" \"{Header("user-agent")}\" "
            + $"\"{Header("x-request-id")}\" "
            + $"\"{Or(request.Headers.Host.ToString())}\" \"{exchange.Host?.Endpoint.Address ?? "-"}\" {exchange.ClusterName ?? "-"} - "
            + $"{connection.LocalIpAddress}:{connection.LocalPort} {connection.RemoteIpAddress}:{connection.RemotePort} - "
            + $"{Or(exchange.RouteName ?? "-")}")));

        string Header(string name) => Or(HttpSyntax.ToText(request.Headers[name].ToString()));
    }

    private static string Or(string value) => value.Length > 0 ? value : "-";
}
