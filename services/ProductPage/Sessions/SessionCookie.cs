using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Bookinfo.ProductPage.Sessions;

/// <summary>
/// Who is signed in, in a cookie that a reader can see but not forge: <c>name.signature</c>, both in base64url, the signature an
/// HMAC-SHA256. A cookie that anybody changed is not a cookie. (Data Protection would keep a key ring on disk and start a tenth of a second
/// later, for a name that is not a secret.)
/// </summary>
internal sealed class SessionCookie(byte[] key)
{
    /// <summary>The cookie's name, the original's.</summary>
    public const string Name = "session";

    // Kept apart from whatever else the same key may sign one day.
    private static readonly byte[] Purpose = "bookinfo.productpage.session.v1:"u8.ToArray();

    /// <summary>The cookie's value for a reader of that name.</summary>
    public string Sign(string user)
    {
        var name = Encoding.UTF8.GetBytes(user);
        return $"{Base64Url.EncodeToString(name)}.{Base64Url.EncodeToString(Mac(name))}";
    }

    /// <summary>Who is signed in; null without a session, or with a cookie that is not ours.</summary>
    public string? UserOf(HttpRequest request) => request.Headers.Cookie.Count > 0 ? Read(request.Cookies[Name]) : null;

    private string? Read(string? cookie)
    {
        if (cookie is null || cookie.Split('.') is not [var name, var signature] || Decode(name) is not { } bytes
            || Decode(signature) is not { } mac)
        {
            return null;
        }

        return CryptographicOperations.FixedTimeEquals(mac, Mac(bytes)) ? Encoding.UTF8.GetString(bytes) : null;
    }

    private byte[] Mac(byte[] name) => HMACSHA256.HashData(key, (byte[])[.. Purpose, .. name]);

    private static byte[]? Decode(string text) => Base64Url.IsValid(text) ? Base64Url.DecodeFromChars(text) : null;
}
