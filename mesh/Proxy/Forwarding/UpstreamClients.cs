namespace Bookinfo.Mesh.Proxy.Forwarding;

/// <summary>Each attempt by the client for the version that its destination speaks.</summary>
internal sealed class UpstreamClients(IUpstreamClient http1, IUpstreamClient http2) : IUpstreamClient
{
    public ValueTask<UpstreamFailure?> SendAsync(UpstreamAttempt attempt, CancellationToken cancellationToken) =>
        (attempt.UsesHttp2 ? http2 : http1).SendAsync(attempt, cancellationToken);
}
