using System.Net;
using System.Net.Sockets;
using Bookinfo.Mesh.ServiceNetwork.Balancing;

namespace Bookinfo.Mesh.ServiceNetwork.Forwarding;

/// <summary>One address of a Service port, listened on.</summary>
internal sealed class Frontend : IDisposable
{
    /// <summary>Where accepting fails, the process has no file descriptor left; that takes a moment to change.</summary>
    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    private readonly Socket _listener;
    private readonly PortBackends _backends;
    private readonly Connections _connections;
    private readonly TimeProvider _time;

    private Frontend(string port, Socket listener, PortBackends backends, Connections connections, TimeProvider time) =>
        (Port, _listener, _backends, _connections, _time) = (port, listener, backends, connections, time);

    /// <summary>The name of the Service port.</summary>
    public string Port { get; }

    /// <summary>Listens.</summary>
    /// <param name="port">The name of the Service port.</param>
    /// <param name="address">Where.</param>
    /// <param name="backends">What stands behind it.</param>
    /// <param name="connections">Where its connections run.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="SocketException">One cannot listen there.</exception>
    public static Frontend Open(
        string port, IPEndPoint address, PortBackends backends, Connections connections, TimeProvider time)
    {
        var listener = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            listener.Bind(address);
            listener.Listen();
        }
        catch
        {
            listener.Dispose();
            throw;
        }

        var frontend = new Frontend(port, listener, backends, connections, time);
        _ = frontend.AcceptAsync();
        return frontend;
    }

    /// <summary>Stops listening; new connections are refused from now on, and those under way stay.</summary>
    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                var client = await _listener.AcceptAsync();
                _connections.Start(cut => ServeAsync(client, cut));
            }
            catch (SocketException e) when (e.SocketErrorCode is not (SocketError.OperationAborted or SocketError.Interrupted))
            {
                await Task.Delay(BetweenAttempts, _time);
            }
            catch (Exception e) when (e is ObjectDisposedException or SocketException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(Socket client, CancellationToken cut)
    {
        try
        {
            using var pod = await ConnectAsync(client, cut);
            await ConnectionRelay.RunAsync(client, pod, cut);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The caller sees a reset, as from a pod that does not listen.
            client.Reset();
        }
        finally
        {
            client.Dispose();
        }
    }

    private async Task<Socket> ConnectAsync(Socket client, CancellationToken cut)
    {
        var from = ((IPEndPoint)client.RemoteEndPoint!).Address;
        var endpoint = _backends.Pick(from) ?? throw new SocketException((int)SocketError.ConnectionRefused);
        var pod = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            // The pod sees who calls, as behind kube-proxy. 127.0.0.1 is what the system takes by itself.
            if (IPAddress.IsLoopback(from) && IPAddress.IsLoopback(endpoint.Address) && !from.Equals(IPAddress.Loopback)
                && from.AddressFamily == endpoint.AddressFamily)
            {
                pod.Bind(new IPEndPoint(from, 0));
            }

            using var limit = new CancellationTokenSource(ConnectTimeout, _time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cut, limit.Token);
            await pod.ConnectAsync(endpoint, either.Token);
            return pod;
        }
        catch
        {
            pod.Dispose();
            throw;
        }
    }
}
