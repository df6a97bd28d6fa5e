using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Proxy.Requests;

namespace Bookinfo.Mesh.Proxy.Sessions;

/// <summary>
/// Keeps the requests of a session at one pod: the answer gives the client a token that names destination and pod, and a request with a
/// token goes there for as long as the pod is healthy (<c>source/extensions/http/stateful_session/cookie</c> and <c>header</c> of
/// envoyproxy/envoy). As GEP-1619 asks for, the token goes before the weights.
/// </summary>
internal sealed class StatefulSession(SessionPolicy policy, TimeProvider time)
{
    /// <summary>What no cookie, and no name of a destination, has in it.</summary>
    private const char Separator = '\n';

    /// <summary>A token is no longer than this, or is none of ours.</summary>
    private const int LongestToken = 1024;

    /// <summary>The session that a request belongs to; null for a new one, one that is over, and a token that is not the mesh's.</summary>
    public HeldSession? Read(Exchange exchange)
    {
        var request = exchange.Context.Request;
        string? token = policy.IsHeader ? request.Headers[policy.Name] : request.Cookies[policy.Name];
        token = token?.Trim('"');
        if (token is not { Length: > 0 and <= LongestToken } || !Base64Url.IsValid(token))
        {
            return null;
        }

        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token)).Split(Separator);
        return parts is [var cluster, var address, var until]
            && long.TryParse(until, NumberStyles.None, CultureInfo.InvariantCulture, out var expires)
            && (expires == 0 || time.GetUtcNow().ToUnixTimeSeconds() < expires)
            ? new HeldSession(cluster, address) : null;
    }

    /// <summary>What an answer says of the session; it says nothing where the pod is the one that the request asked for.</summary>
    /// <param name="exchange">The request, whose pod is known when the answer goes back.</param>
    /// <param name="held">What the request asked for.</param>
    public IResponseFilter Issue(Exchange exchange, HeldSession? held) => new SessionToken(this, exchange, held);

    /// <summary>The header of the answer, with its value.</summary>
    public (string Name, string Value) Header(HeldSession session)
    {
        var expires = policy.Lifetime is { } lifetime ? (time.GetUtcNow() + lifetime).ToUnixTimeSeconds() : 0;
        var token = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"{session.ClusterName}{Separator}{session.Address}{Separator}{expires}")));
        return policy.IsHeader ? (policy.Name, token) : ("Set-Cookie", policy is { IsPermanent: true, Lifetime: { } age }
            ? string.Create(CultureInfo.InvariantCulture, $"{policy.Name}={token}; Max-Age={(long)age.TotalSeconds}; Path=/; HttpOnly")
            : $"{policy.Name}={token}; Path=/; HttpOnly");
    }

    /// <inheritdoc/>
    public override string ToString() => policy.IsHeader ? $"by the header {policy.Name}" : $"by the cookie {policy.Name}";
}
