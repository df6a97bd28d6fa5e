using System.Net;

namespace Bookinfo.Mesh.Lab.Network;

/// <summary>The link that opens a console in a browser.</summary>
internal static class ConsoleLink
{
    /// <summary>The link from this machine; with the token, which signs the browser in.</summary>
    /// <param name="console">Where the console listens; null where there is none.</param>
    /// <param name="token">What it asks for; null for nothing.</param>
    public static string Of(IPEndPoint? console, string? token) =>
        console is null ? "none" : token is null ? ListenAddress.ToUrl(console) : $"{ListenAddress.ToUrl(console)}/?token={token}";
}
