using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Bookinfo.Mesh.Proxy.Listeners;

/// <summary>
/// How the mesh's sockets are served. A hop does little between a receive and a send, so that handing it from thread to thread costs more
/// than it brings: what comes is handled where it was received. Nothing in a hop blocks.
/// </summary>
public static class SocketSettings
{
    /// <summary>What the runtime reads once, before the process opens its first socket.</summary>
    private const string InlineCompletions = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    /// <summary>
    /// A receive gets its buffer at once, not by a second call when something has come. As many connections may wait to be accepted as the
    /// system allows (<c>tcp_backlog_size</c> in <c>api/envoy/config/listener/v3/listener.proto</c> of envoyproxy/envoy).
    /// </summary>
    internal static SocketTransportOptions ForListeners => new()
    {
        UnsafePreferInlineScheduling = true,
        WaitForDataBeforeAllocatingBuffer = false,
        Backlog = int.MaxValue,
    };

    /// <summary>
    /// Lets the threads that wait for sockets also handle what comes, as nginx and Envoy do. For a process that is nothing but a mesh: code
    /// that blocks would keep these threads from other connections. A setting of the user's stays.
    /// </summary>
    public static void HandleOnEventThreads()
    {
        if (Environment.GetEnvironmentVariable(InlineCompletions) is null)
        {
            Environment.SetEnvironmentVariable(InlineCompletions, "1");
        }
    }
}
