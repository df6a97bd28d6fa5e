using System.Security.Cryptography;
using System.Text;
using Bookinfo.ServiceDefaults;

namespace Bookinfo.ProductPage.Sessions;

/// <summary>
/// <c>SESSION_KEY</c>, the secret that session cookies are signed with. Pods behind one service must share it, or a reader is signed in on one and not on the
/// next. Without it each process makes its own: a restart signs everyone out, and nothing secret stands in a file.
/// </summary>
internal static class SessionKey
{
    private const string Setting = "SESSION_KEY";

    private const int ShortestKey = 16;

    /// <exception cref="SettingException">The key is too short to be a secret.</exception>
    public static byte[] Read(IConfiguration configuration) => configuration.TextOrNull(Setting) switch
    {
        null => RandomNumberGenerator.GetBytes(32),
        { Length: >= ShortestKey } key => Encoding.UTF8.GetBytes(key),
        { Length: var length } => throw new SettingException(Setting, $"{length} characters long", $"a secret of {ShortestKey} characters or more"),
    };
}
