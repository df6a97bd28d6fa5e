namespace Bookinfo.ServiceDefaults;

/// <summary>A setting has a value that means nothing. The message names the setting and says what would be right.</summary>
public sealed class SettingException : Exception
{
    /// <summary>Tells which setting is wrong, and what it should be.</summary>
    /// <param name="key">The setting's name.</param>
    /// <param name="value">What it is set to.</param>
    /// <param name="expected">What would be right, as the end of the sentence "should be ...".</param>
    public SettingException(string key, string value, string expected) : base($"{key} is '{value}'; it should be {expected}.")
    {
    }
}
