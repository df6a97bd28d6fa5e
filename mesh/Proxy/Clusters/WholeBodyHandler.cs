using System.Net;

namespace Bookinfo.Mesh.Proxy.Clusters;

/// <summary>
/// Lets a request end only where its body has ended. A body that was given up while it began comes back from YARP as one that is complete
/// (<c>StreamCopyHttpContent.cs</c> of dotnet/yarp: a cancelled flush returns), and HttpClient would then send the pod END_STREAM before
/// RST_STREAM: half a request that looks whole (RFC 9113, 8.1).
/// </summary>
/// <param name="inner">Sends; it is disposed with this handler.</param>
internal sealed class WholeBodyHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Content is { } content)
        {
            request.Content = new WholeBody(content, cancellationToken);
        }

        return base.SendAsync(request, cancellationToken);
    }

    private sealed class WholeBody : HttpContent
    {
        private readonly HttpContent _content;
        private readonly CancellationToken _request;

        public WholeBody(HttpContent content, CancellationToken request)
        {
            (_content, _request) = (content, request);
            foreach (var (name, values) in content.Headers.NonValidated)
            {
                Headers.TryAddWithoutValidation(name, values);
            }
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            await _content.CopyToAsync(stream, context, cancellationToken);
            _request.ThrowIfCancellationRequested();
            cancellationToken.ThrowIfCancellationRequested();
        }

        protected override bool TryComputeLength(out long length)
        {
            length = _content.Headers.ContentLength ?? -1;
            return length >= 0;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                _content.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
