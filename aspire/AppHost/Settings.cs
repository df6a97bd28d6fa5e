using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Bookinfo.AppHost;

/// <summary>Reads settings of the command line.</summary>
internal static class Settings
{
    /// <summary>A number.</summary>
    /// <param name="configuration">Where it is.</param>
    /// <param name="key">Its key, for example <c>Ports:Gateway</c>.</param>
    /// <param name="otherwise">What it is where it is not set.</param>
    /// <param name="least">The least it can be.</param>
    /// <param name="most">The most it can be.</param>
    /// <exception cref="InvalidOperationException">It is set to something else; the message says to what, and what would be
    /// right.</exception>
    public static int Number(this IConfiguration configuration, string key, int otherwise, int least, int most) =>
        configuration[key] is not { Length: > 0 } text ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
        : throw new InvalidOperationException($"{key} is '{text}'; it must be a number from {least} to {most}.");
}
