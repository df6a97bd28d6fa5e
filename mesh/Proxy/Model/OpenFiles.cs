using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Bookinfo.Mesh.Proxy.Model;

/// <summary>
/// How many files, sockets among them, a process may have open. The runtime ends a process that has no more, so callers must not be able to
/// use them all. A new file gets the lowest number that is free (POSIX), so that its number tells how many there are.
/// </summary>
/// <param name="most">The limit.</param>
public class OpenFiles(long most)
{
    private const int LinuxLimit = 7, BsdLimit = 8;

    /// <summary>The limit of this process: the hard one, to which the runtime raises the soft one when it starts.</summary>
    public static OpenFiles OfThisProcess { get; } = new(Read());

    /// <summary>The limit; <see cref="long.MaxValue"/> where the system has none.</summary>
    public long Most => most;

    /// <summary>How many more files may be opened before they are scarce: before half of them are open. Negative beyond that.</summary>
    public long BeforeScarce
    {
        get
        {
            if (most == long.MaxValue)
            {
                return long.MaxValue;
            }

            using var next = new Socket(SocketType.Stream, ProtocolType.Tcp);
            return (most / 2) - NumberOf(next);
        }
    }

    /// <summary>
    /// Whether a connection that was just accepted is one too many: half of the files are for what the connections before it need.
    /// </summary>
    /// <param name="accepted">The connection's socket.</param>
    public bool AreScarce(Socket accepted) => most < long.MaxValue && NumberOf(accepted) >= most / 2;

    /// <summary>Whether so few are left that not even a request that is under way may have more: a quarter.</summary>
    /// <param name="accepted">The socket of a connection that was just accepted.</param>
    public bool AreUsedUp(Socket accepted) => most < long.MaxValue && NumberOf(accepted) >= most - (most / 4);

    /// <summary>The number that the system has given a socket.</summary>
    protected virtual long NumberOf(Socket socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        return socket.Handle;
    }

    private static long Read() => OperatingSystem.IsWindows()
        || getrlimit(OperatingSystem.IsLinux() ? LinuxLimit : BsdLimit, out var limit) != 0
        || limit.Hard > long.MaxValue ? long.MaxValue : (long)limit.Hard;

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int getrlimit(int resource, out Limit limit);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Limit
    {
        public readonly ulong Soft;
        public readonly ulong Hard;
    }
}
