using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Bookinfo.ServiceDefaults;

/// <summary>
/// Reads flat settings by type, the same keys whether they come from the environment, the command line or from memory. An empty value
/// counts as unset.
/// </summary>
public static class Settings
{
    /// <summary>The setting's text, or <paramref name="fallback"/> where it is unset.</summary>
    public static string Text(this IConfiguration configuration, string key, string fallback) =>
        configuration.TextOrNull(key) ?? fallback;

    /// <summary>The setting's text, or null where it is unset.</summary>
    public static string? TextOrNull(this IConfiguration configuration, string key)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return configuration[key] is { Length: > 0 } text ? text : null;
    }

    /// <summary><c>true</c> or <c>false</c>, in any case.</summary>
    /// <exception cref="SettingException">Something else is set.</exception>
    public static bool Flag(this IConfiguration configuration, string key, bool fallback = false) => configuration.TextOrNull(key) switch
    {
        null => fallback,
        var text when bool.TryParse(text, out var flag) => flag,
        var text => throw new SettingException(key, text, "true or false"),
    };

    /// <summary>A number of seconds from 0 to 3600, fractions allowed.</summary>
    /// <exception cref="SettingException">Something else is set.</exception>
    public static TimeSpan Seconds(this IConfiguration configuration, string key, double fallback) => configuration.TextOrNull(key) switch
    {
        null => TimeSpan.FromSeconds(fallback),
        var text when double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
            && seconds <= 3600
            => TimeSpan.FromSeconds(seconds),
        var text => throw new SettingException(key, text, "a number of seconds from 0 to 3600"),
    };

    /// <summary>A whole number from <paramref name="minimum"/> to <paramref name="maximum"/>.</summary>
    /// <exception cref="SettingException">Something else is set.</exception>
    public static int Number(this IConfiguration configuration, string key, int fallback, int minimum, int maximum) =>
        configuration.TextOrNull(key) switch
        {
            null => fallback,
            var text when int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                && number >= minimum && number <= maximum => number,
            var text => throw new SettingException(key, text, $"a whole number from {minimum} to {maximum}"),
        };
}

/// <summary>A setting has a wrong value. The message names the setting and says what would be right.</summary>
/// <param name="key">The setting's name.</param>
/// <param name="value">What it is set to.</param>
/// <param name="expected">What would be right, as the end of the sentence "should be ...".</param>
public sealed class SettingException(string key, string value, string expected)
    : Exception($"{key} is '{value}'; it should be {expected}.");
