using System.CommandLine;
using System.Net;
using Bookinfo.Mesh.Proxy;

namespace Bookinfo.Mesh.Lab.Commands;

/// <summary>Options that several commands have.</summary>
internal static class SharedOptions
{
    public static Option<bool> NoBase() => new("--no-base")
    {
        Description = "leave out the demo's base (its gateway and subsets), which otherwise stands beneath the rules",
    };

    public static Option<int?> Seed() => new("--seed")
    {
        Description = "a number for chance to begin with: the same requests in the same order then go the same ways",
        HelpName = "NUMBER",
    };

    /// <summary>Where the mesh draws from, with a seed or without.</summary>
    public static Randomness ToRandomness(int? seed) => seed is null ? Randomness.Shared : Randomness.Seeded(seed.Value);

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
