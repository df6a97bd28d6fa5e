using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Problems;
using Bookinfo.Mesh.Lab.Errors;
using Bookinfo.Mesh.Lab.Network;
using Bookinfo.Mesh.Proxy.Model;

namespace Bookinfo.Mesh.Lab.Commands;

/// <summary>Options that several commands have.</summary>
internal static class SharedOptions
{
    public static Option<bool> NoBase() => new("--no-base")
    {
        Description = "leave out the demo's base (its gateway and subsets), which otherwise stands beneath the rules",
    };

    public static Option<string> Namespace() => new("--namespace", "-n")
    {
        Description = "the namespace of the services, and of rules that name none",
        HelpName = "NAME",
        DefaultValueFactory = _ => "default",
        CustomParser = result =>
        {
            var name = result.Tokens[0].Value;
            if (name.Length is 0 or > 63 || name.Trim('-') != name
                || !name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
            {
                result.AddError($"--namespace: '{name}' is not a namespace; use lower-case letters, digits and hyphens");
            }

            return name;
        },
    };

    /// <summary>Which fields of the Gateway API there are.</summary>
    public static Option<GatewayApiChannel> GatewayApi() => new("--gateway-api")
    {
        Description = "the channel of the Gateway API: standard, or experimental with retries and session persistence of routes",
        HelpName = "CHANNEL",
        CustomParser = result =>
        {
            if (Enum.TryParse<GatewayApiChannel>(result.Tokens[0].Value, ignoreCase: true, out var channel)
                && !char.IsAsciiDigit(result.Tokens[0].Value[0]))
            {
                return channel;
            }

            result.AddError($"--gateway-api: '{result.Tokens[0].Value}' is not a channel; write standard or experimental");
            return default;
        },
    };

    public static Option<int?> Seed() => new("--seed")
    {
        Description = "the seed of the mesh's random choices: the same requests in the same order then go the same ways",
        HelpName = "NUMBER",
        CustomParser = ReadWhole,
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

    /// <summary>An option that is a whole number.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What it is for.</param>
    /// <param name="otherwise">What it is where it is not given.</param>
    public static Option<int> Whole(string name, string description, int otherwise) => new(name)
    {
        Description = description,
        HelpName = "NUMBER",
        DefaultValueFactory = _ => otherwise,
        CustomParser = result => ReadWhole(result) ?? otherwise,
    };

    /// <summary>Reads a whole number in our own words; the library's tell of System.Nullable.</summary>
    public static int? ReadWhole(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        result.AddError($"{(result.Parent as OptionResult)?.Option.Name}: '{text}' is not a whole number");
        return null;
    }

    /// <summary>
    /// A question with the name that was probably meant, with a space before it; empty where none is near or the name is too short to tell.
    /// </summary>
    /// <param name="name">What was written.</param>
    /// <param name="names">The names there are.</param>
    public static string Hint(string name, IEnumerable<string> names) =>
        name.Length > 2 && Messages.Nearest(name, names) is { } meant ? $" Did you mean {meant}?" : "";

    /// <summary>Refuses a name that there is not, and says which there are.</summary>
    /// <param name="option">The option that gave it.</param>
    /// <param name="name">The name.</param>
    /// <param name="what">What it should be the name of.</param>
    /// <param name="names">The names there are.</param>
    /// <exception cref="UserErrorException">The name is not among them.</exception>
    public static void RequireName(string option, string name, string what, IReadOnlyCollection<string> names)
    {
        if (!names.Contains(name))
        {
            throw new UserErrorException(
                $"{option}: there is no {what} called {name}; there are {Messages.AllOf(names)}.{Hint(name, names)}", ExitCodes.Usage);
        }
    }
}
