using Bookinfo.Mesh.Proxy.Clusters;

namespace Bookinfo.Tests.Proxy.Clusters;

public sealed class Http2ConnectionsTests : IDisposable
{
    private readonly Handler _handler = new();

    public void Dispose() => _handler.Dispose();

    private Http2Connections Open(int mostRequests = 0) => new(new HttpMessageInvoker(_handler), mostRequests);

    [Fact]
    public void Retire_RequestUnderWay_ClosedWhenItIsOver()
    {
        var connections = Open();
        Assert.True(connections.TryEnter());
        connections.Retire();

        Assert.False(_handler.IsClosed);
        connections.Leave();
        Assert.True(_handler.IsClosed);
    }

    [Fact]
    public void Retire_Twice_ClosedOnce()
    {
        var connections = Open();
        connections.TryEnter();
        connections.Retire();
        connections.Retire();

        Assert.False(_handler.IsClosed);
    }

    [Fact]
    public void TryEnter_Retired_False()
    {
        var connections = Open();
        connections.TryEnter();
        connections.Retire();

        Assert.False(connections.TryEnter());
    }

    [Fact]
    public void TryEnter_AsManyRequestsAsTheyTake_NoMore()
    {
        var connections = Open(mostRequests: 2);

        Assert.True(connections.TryEnter());
        connections.Leave();
        Assert.True(connections.TryEnter());
        connections.Leave();
        Assert.False(connections.TryEnter());
        Assert.True(_handler.IsClosed);
    }

    [Fact]
    public void TryEnter_ManyAtOnceWhileRetired_NobodyIsInsideWhatIsClosed()
    {
        for (var round = 0; round < 200; round++)
        {
            var handler = new Handler();
            var connections = new Http2Connections(new HttpMessageInvoker(handler), mostRequests: 0);
            var insideClosed = 0;
            Parallel.For(0, 8, i =>
            {
                if (i == 4)
                {
                    connections.Retire();
                }
                else if (connections.TryEnter())
                {
                    insideClosed += handler.IsClosed ? 1 : 0;
                    connections.Leave();
                }
            });

            Assert.Equal(0, insideClosed);
            Assert.True(handler.IsClosed);
        }
    }

    private sealed class Handler : HttpMessageHandler
    {
        public bool IsClosed { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage());

        protected override void Dispose(bool disposing)
        {
            IsClosed = true;
            base.Dispose(disposing);
        }
    }
}
