using Bookinfo.Mesh.Istio;
using Bookinfo.Mesh.Proxy.Requests;
using Bookinfo.Mesh.Proxy.Routing;
using Bookinfo.Mesh.Proxy.Telemetry;

namespace Bookinfo.Mesh.Proxy.Redirects;

/// <summary>Answers without asking anyone.</summary>
internal sealed class DirectResponseAction(HttpDirectResponse directResponse) : IRouteAction
{
    private readonly byte[] _body = directResponse.Body switch
    {
        { String: { } text } => System.Text.Encoding.UTF8.GetBytes(text),
        { Bytes: { } bytes } => [.. bytes],
        _ => [],
    };

    public int Status => directResponse.Status;

    public Task ExecuteAsync(Exchange exchange) => LocalReply.SendAsync(exchange, Status, _body, ResponseFlags.None, LocalReply.DirectResponse);
}
