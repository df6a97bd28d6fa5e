using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Bookinfo.ServiceDefaults;

/// <summary>
/// Reads flat settings by type, the same keys whether they come from the environment, the command line or from memory. An empty value
/// counts as unset; another that is wrong is a <see cref="SettingException"/>.
/// </summary>
public static class Settings
{
    /// <summary>The setting's text, or <paramref name="fallback"/> where it is unset.</summary>
    public static string Text(this IConfiguration configuration, string key, string fallback) =>
        configuration.TextOrNull(key) ?? fallback;

    /// <summary>The setting's text, or null where it is unset.</summary>
    public static string? TextOrNull(this IConfiguration configuration, string key) =>
        configuration[key] is { Length: > 0 } text ? text : null;

    /// <summary><c>true</c> or <c>false</c>, in any case.</summary>
    public static bool Flag(this IConfiguration configuration, string key, bool fallback = false) =>
        configuration.Read(key, fallback, "true or false", text => bool.TryParse(text, out var flag) ? flag : null);

    /// <summary>A number of seconds from 0 to 3600, fractions allowed.</summary>
    public static TimeSpan Seconds(this IConfiguration configuration, string key, double fallback) => configuration.Read(
        key, TimeSpan.FromSeconds(fallback), "a number of seconds from 0 to 3600",
        text => double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds <= 3600
            ? TimeSpan.FromSeconds(seconds) : null);

    /// <summary>A whole number from <paramref name="minimum"/> to <paramref name="maximum"/>.</summary>
    public static int Number(this IConfiguration configuration, string key, int fallback, int minimum, int maximum) => configuration.Read(
        key, fallback, $"a whole number from {minimum} to {maximum}",
        text => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= minimum && number <= maximum ? number : null);

    private static T Read<T>(this IConfiguration configuration, string key, T fallback, string expected, Func<string, T?> parse)
        where T : struct =>
        configuration.TextOrNull(key) is not { } text ? fallback : parse(text) ?? throw new SettingException(key, text, expected);
}

/// <summary>A setting has a wrong value. The message names the setting and says what would be right.</summary>
/// <param name="key">The setting's name.</param>
/// <param name="value">What it is set to.</param>
/// <param name="expected">What would be right, as the end of the sentence "should be ...".</param>
public sealed class SettingException(string key, string value, string expected)
    : Exception($"{key} is '{value}'; it should be {expected}.");
