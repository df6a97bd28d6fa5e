using System.Security.Cryptography;
using System.Text;
using Bookinfo.ServiceDefaults;

namespace Bookinfo.ProductPage;

/// <summary>The settings of this service beyond those that every service has.</summary>
internal sealed class ProductPageOptions
{
    private const string SessionKeySetting = "SESSION_KEY";

    // Characters.
    private const int ShortestKey = 16;

    /// <summary>Extra calls to reviews for each page, <c>FLOOD_FACTOR</c>: 0 to 10000.</summary>
    public int FloodFactor { get; private set; }

    /// <summary>
    /// The secret that session cookies are signed with, <c>SESSION_KEY</c>: 16 characters or more. Pods behind one service must share it,
    /// or a reader is signed in on one and not on the next. Without it each process makes its own: a restart signs everyone out, and no
    /// file holds a secret.
    /// </summary>
    public byte[] SessionKey { get; private set; } = [];

    /// <exception cref="SettingException">A setting has a wrong value.</exception>
    public void Read(IConfiguration settings)
    {
        FloodFactor = settings.Number("FLOOD_FACTOR", 0, 0, 10_000);
        SessionKey = settings.TextOrNull(SessionKeySetting) switch
        {
            null => RandomNumberGenerator.GetBytes(32),
            { Length: >= ShortestKey } key => Encoding.UTF8.GetBytes(key),
            { Length: var length } => throw new SettingException(
                SessionKeySetting, $"{length} characters long", $"a secret of {ShortestKey} characters or more"),
        };
    }
}
