using System.Net;
using Bookinfo.Mesh.Proxy.Clusters;
using Bookinfo.Tests.Proxy.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Yarp.ReverseProxy.Forwarder;

namespace Bookinfo.Tests.Proxy.Clusters;

public sealed class WholeBodyHandlerTests
{
    private static readonly ForwarderRequestConfig Http2 = new()
    {
        Version = HttpVersion.Version20,
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };

    [Fact]
    public async Task SendAsync_CallerBreaksOffBeforeTheBody_TheRequestIsResetAndNeverEnds()
    {
        using var caller = new CancellationTokenSource();
        await using var pod = new FrameRecorder();
        using var invoker = Invoker(pod, atBody: caller.CancelAsync);
        await ForwardAsync(invoker, new MemoryStream([1]), caller.Token);

        await pod.WaitForAsync(frame => frame.Type == FrameRecorder.ResetStream);

        Assert.DoesNotContain(pod.Frames, frame => frame.EndsStream);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1000)]
    public async Task SendAsync_WholeBody_TheRequestEndsWithIt(int length)
    {
        using var caller = new CancellationTokenSource();
        await using var pod = new FrameRecorder();
        using var invoker = Invoker(pod, atBody: () => Task.CompletedTask);
        var forwarding = ForwardAsync(invoker, new MemoryStream(new byte[length]), caller.Token);

        var end = await pod.WaitForAsync(frame => frame.EndsStream);
        await caller.CancelAsync();
        await forwarding;

        Assert.Equal(FrameRecorder.Data, end.Type);
        Assert.Equal(length, pod.Frames.Where(frame => frame.Type == FrameRecorder.Data).Sum(frame => frame.Length));
    }

    /// <summary>Sends to the pod, and does something between the head and the body.</summary>
    private static HttpMessageInvoker Invoker(FrameRecorder pod, Func<Task> atBody)
    {
        var sockets = new SocketsHttpHandler { ConnectCallback = (_, _) => ValueTask.FromResult<Stream>(pod) };
        return new HttpMessageInvoker(new AtBody(new WholeBodyHandler(sockets), atBody));
    }

    /// <summary>Forwards a POST as YARP does.</summary>
    private static async Task ForwardAsync(HttpMessageInvoker invoker, Stream body, CancellationToken callerGone)
    {
        await using var services = new ServiceCollection().AddLogging().AddHttpForwarder().BuildServiceProvider();
        var context = new DefaultHttpContext { RequestAborted = callerGone };
        (context.Request.Method, context.Request.Path, context.Request.Body) = ("POST", "/", body);
        context.Features.Set<IHttpRequestBodyDetectionFeature>(new HasBody());
        await services.GetRequiredService<IHttpForwarder>().SendAsync(context, "http://pod", invoker, Http2);
    }

    private sealed class HasBody : IHttpRequestBodyDetectionFeature
    {
        public bool CanHaveBody => true;
    }

    /// <summary>Calls back when the body is asked for.</summary>
    private sealed class AtBody(HttpMessageHandler inner, Func<Task> callback) : DelegatingHandler(inner)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Content = new Content(request.Content!, callback);
            return base.SendAsync(request, cancellationToken);
        }

        private sealed class Content(HttpContent inner, Func<Task> callback) : HttpContent
        {
            protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
                SerializeToStreamAsync(stream, context, CancellationToken.None);

            protected override async Task SerializeToStreamAsync(
                Stream stream, TransportContext? context, CancellationToken cancellationToken)
            {
                await callback();
                await inner.CopyToAsync(stream, context, cancellationToken);
            }

            protected override bool TryComputeLength(out long length)
            {
                length = 0;
                return false;
            }
        }
    }
}
