using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Proxy.Routing;

namespace Bookinfo.Mesh.Proxy.Redirects;

/// <summary>Answers without asking anyone.</summary>
internal sealed class DirectResponseAction(HttpDirectResponse directResponse) : RouteAction
{
    public byte[] Body { get; } = directResponse.Body switch
    {
        { String: { } text } => System.Text.Encoding.UTF8.GetBytes(text),
        { Bytes: { } bytes } => [.. bytes],
        _ => [],
    };

    public int Status => directResponse.Status;
}
