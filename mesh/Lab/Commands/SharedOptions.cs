using System.CommandLine;
using System.Net;

namespace Bookinfo.Mesh.Lab.Commands;

/// <summary>Options that several commands have.</summary>
internal static class SharedOptions
{
    public static Option<bool> NoBase() => new("--no-base")
    {
        Description = "leave out the demo's base (its gateway and subsets), which otherwise stands beneath the rules",
    };

    /// <summary>An address to listen on.</summary>
    public static Option<IPEndPoint> Listen(string name, string what, int port) => new(name)
    {
        Description = $"where {what} listens: PORT, HOST:PORT or a URL",
        HelpName = "ADDR",
        DefaultValueFactory = _ => new IPEndPoint(IPAddress.Loopback, port),
        CustomParser = result =>
        {
            if (ListenAddress.TryParse(result.Tokens[0].Value, out var endpoint, out var error))
            {
                return endpoint;
            }

            result.AddError($"{name}: {error}");
            return null;
        },
    };
}
