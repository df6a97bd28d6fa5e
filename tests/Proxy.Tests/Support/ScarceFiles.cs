using System.Net.Sockets;
using Bookinfo.Mesh.Proxy.Model;

namespace Bookinfo.Tests.Proxy.Support;

/// <summary>A process of 1,000 files, of which as many are open as the test says.</summary>
internal sealed class ScarceFiles(long open) : OpenFiles(1000)
{
    /// <summary>How many are open.</summary>
    public long Open { get; set; } = open;

    protected override long NumberOf(Socket socket) => Open;
}
