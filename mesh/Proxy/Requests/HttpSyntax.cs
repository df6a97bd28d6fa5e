using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Bookinfo.Mesh.Proxy.Requests;

/// <summary>
/// What may stand in the parts of an HTTP message (RFC 9110, RFC 9112), so that none of them can end early or begin another.
/// </summary>
internal static class HttpSyntax
{
    private const char FirstVisible = '!';
    private const char LastVisible = '~';

    private static readonly SearchValues<char> Token =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    /// <summary>
    /// The characters of an authority (<c>source/common/http/header_utility.cc: authorityIsValid</c> of envoyproxy/envoy).
    /// </summary>
    private static readonly SearchValues<char> AuthorityCharacters =
        SearchValues.Create("!$%&'()*+,-.:;=@[]_~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    /// <summary>The methods of Envoy's HTTP/1 parser (<c>source/common/http/http1/balsa_parser.cc: isMethodValid</c>).</summary>
    private static readonly FrozenSet<string> Http1Methods = FrozenSet.ToFrozenSet(
    [
        "ACL", "BIND", "CHECKOUT", "CONNECT", "COPY", "DELETE", "GET", "HEAD", "LINK", "LOCK", "MERGE", "MKACTIVITY", "MKCALENDAR", "MKCOL",
        "MOVE", "MSEARCH",
        "NOTIFY", "OPTIONS", "PATCH", "POST", "PROPFIND", "PROPPATCH", "PURGE", "PUT", "REBIND", "REPORT", "SEARCH", "SOURCE", "SUBSCRIBE",
        "TRACE", "UNBIND",
        "UNLINK", "UNLOCK", "UNSUBSCRIBE",
    ]);

    private static readonly SearchValues<char> ControlCharacters =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Append(0x7F).Where(each => each != '\t').Select(each => (char)each)]);

    /// <summary>
    /// Whether all of it is visible ASCII, 0x21 to 0x7E: no blank that would end a request target, no byte that a writer could skip.
    /// </summary>
    public static bool IsTarget(ReadOnlySpan<char> target) => !target.ContainsAnyExceptInRange(FirstVisible, LastVisible);

    /// <summary>Whether it can be a Host header; an empty one can (RFC 9112, 3.2).</summary>
    public static bool IsAuthority(ReadOnlySpan<char> authority) => !authority.ContainsAnyExcept(AuthorityCharacters);

    /// <summary>Whether an HTTP/1.1 request may have the method: Envoy takes those that it knows, in capitals.</summary>
    public static bool IsHttp1Method(string method) => Http1Methods.Contains(method);

    /// <summary>
    /// Whether an HTTP/2 request may have the method: any token, but none that only looks like one of HTTP's (RFC 9110, 9.1: a method is
    /// case-sensitive).
    /// </summary>
    public static bool IsHttp2Method(string method) => IsToken(method) && HttpMethods.GetCanonicalizedValue(method) == method;

    /// <summary>Whether it can be a header's name.</summary>
    public static bool IsToken(ReadOnlySpan<char> name) => name.Length > 0 && !name.ContainsAnyExcept(Token);

    /// <summary>
    /// Whether it can be a header's value: no control character but the tab (istio/istio <c>validation.go: ValidateHTTPHeaderValue</c>).
    /// </summary>
    public static bool IsFieldValue(ReadOnlySpan<char> value) => !value.ContainsAny(ControlCharacters);

    /// <summary>Whether names and values of headers or trailers have nothing but what they can have.</summary>
    public static bool AreFields(IHeaderDictionary headers)
    {
        using var lines = new HeaderLines(headers);
        foreach (var (name, values) in lines)
        {
            if (!IsToken(name) && !IsPseudo(name))
            {
                return false;
            }

            foreach (var value in values)
            {
                if (!IsFieldValue(value))
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>The value, where it can be a header's.</summary>
    /// <exception cref="ArgumentException">It has a control character.</exception>
    public static string CheckFieldValue(string value) => IsFieldValue(value)
        ? value
        : throw new ArgumentException($"\"{Escape(value)}\" has a control character, which no header can have");

    /// <summary>Writes what is not visible ASCII as percent-encoded UTF-8; the rest stays, percent signs too.</summary>
    /// <exception cref="ArgumentException">It has a line break or a NUL, which Envoy refuses in every text of its
    /// configuration.</exception>
    public static string EncodeTarget(string text)
    {
        if (IsTarget(text))
        {
            return text;
        }

        if (text.AsSpan().ContainsAny('\r', '\n', '\0'))
        {
            throw new ArgumentException($"\"{Escape(text)}\" has a line break or a NUL, which no URL can have");
        }

        var encoded = new StringBuilder(text.Length + 16);
        foreach (var each in Encoding.UTF8.GetBytes(text))
        {
            if (each is >= (byte)FirstVisible and <= (byte)LastVisible)
            {
                encoded.Append((char)each);
            }
            else
            {
                encoded.Append(CultureInfo.InvariantCulture, $"%{each:X2}");
            }
        }

        return encoded.ToString();
    }

    /// <summary>The text with its control characters written as <c>\xNN</c>, for a log or a message.</summary>
    public static string Escape(string text) => !text.Any(char.IsControl) ? text
        : string.Concat(text.Select(each => char.IsControl(each) ? string.Create(CultureInfo.InvariantCulture, $"\\x{(int)each:x2}")
            : each.ToString()));

    /// <summary>A text as the mesh keeps header values, a character for each byte on the wire: the bytes of its UTF-8.</summary>
    public static string ToFieldValue(string text) => Ascii.IsValid(text) ? text : Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));

    /// <summary>A header's value as rules and people read it: its bytes as UTF-8.</summary>
    public static string ToText(string value) => Ascii.IsValid(value) ? value : Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(value));

    /// <summary>Kestrel keeps the pseudo-headers that it knows beside the headers.</summary>
    private static bool IsPseudo(string name) => name is ":method" or ":scheme" or ":authority" or ":path" or ":protocol";
}
