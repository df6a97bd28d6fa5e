using Bookinfo.Mesh.Lab.Errors;
using Bookinfo.Mesh.Proxy.Model;

namespace Bookinfo.Mesh.Lab.Network;

/// <summary>
/// Looks before anything is started whether this process may open the files that it needs; the runtime aborts where it cannot.
/// </summary>
internal static class OpenFileCheck
{
    /// <summary>Sockets and assemblies of a Lab are some 320 after the first page; the rest is for its callers.</summary>
    public const int Least = 1024;

    /// <summary>Refuses to start with fewer.</summary>
    /// <param name="openFiles">The limit.</param>
    /// <exception cref="UserErrorException">There are too few.</exception>
    public static void Require(OpenFiles openFiles)
    {
        if (openFiles.Most < Least)
        {
            throw new UserErrorException(
                $"This process may have {openFiles.Most} files and sockets open and needs {Least}. Raise the limit: ulimit -n {Least}");
        }
    }
}
