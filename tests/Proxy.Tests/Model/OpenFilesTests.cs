using System.Net.Sockets;
using Bookinfo.Mesh.Proxy.Model;

namespace Bookinfo.Tests.Proxy.Model;

public sealed class OpenFilesTests
{
    [Theory]
    [InlineData(2, false)]
    [InlineData(0, true)]
    public void AreScarce_HalfOfTheFilesAreOpen_FromTheNextSocketOn(int free, bool expected)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Handles have no limit there.");
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);

        Assert.Equal(expected, new OpenFiles((socket.Handle + free) * 2).AreScarce(socket));
    }

    [Fact]
    public void AreScarce_NoLimit_Never()
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);

        Assert.False(new OpenFiles(long.MaxValue).AreScarce(socket));
    }

    [Fact]
    public void OfThisProcess_IsThatOfTheSystem()
    {
        Assert.SkipUnless(File.Exists("/proc/self/limits"), "Linux tells the limit in a file.");
        var line = File.ReadLines("/proc/self/limits").First(line => line.StartsWith("Max open files", StringComparison.Ordinal));
        var hard = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2];

        Assert.Equal(hard == "unlimited" ? long.MaxValue : long.Parse(hard, System.Globalization.CultureInfo.InvariantCulture),
            OpenFiles.OfThisProcess.Most);
    }
}
