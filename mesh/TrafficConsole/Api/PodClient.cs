namespace Bookinfo.Mesh.TrafficConsole.Api;

/// <summary>The client with which the console reaches pods directly: no proxy of the environment, no waiting for a pod that hangs.</summary>
internal sealed class PodClient : IDisposable
{
    public HttpClient Http { get; } = new(new SocketsHttpHandler { UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(2) }) { Timeout = TimeSpan.FromSeconds(5) };

    public void Dispose() => Http.Dispose();
}
