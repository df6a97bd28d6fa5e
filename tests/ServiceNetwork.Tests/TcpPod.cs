using System.Net;
using System.Net.Sockets;

namespace Bookinfo.Tests.ServiceNetwork;

/// <summary>A pod that speaks TCP: it hands each connection to the test, and counts them.</summary>
internal sealed class TcpPod : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<Socket> _accepted = [];

    public TcpPod()
    {
        _listener.Start();
        Address = (IPEndPoint)_listener.LocalEndpoint;
    }

    public IPEndPoint Address { get; }

    public int Connections => _accepted.Count;

    /// <summary>The next connection that arrives.</summary>
    public async Task<Socket> AcceptAsync()
    {
        var socket = await _listener.AcceptSocketAsync(TestContext.Current.CancellationToken);
        _accepted.Add(socket);
        return socket;
    }

    /// <summary>Whether a connection waits to be accepted.</summary>
    public bool HasCaller => _listener.Pending();

    public void Dispose()
    {
        _listener.Dispose();
        _accepted.ForEach(socket => socket.Dispose());
    }
}
