using Bookinfo.Tests.Fuzz.Wire;

namespace Bookinfo.Tests.Fuzz.Reference;

/// <summary>Reads what a caller sends on an HTTP/1.1 connection as RFC 9112 and Envoy read it.</summary>
public static class Http1Reference
{
    private static readonly Http1Reader Reader = new(strict: false);

    public static SentRequests Read(string bytes, bool fromOutside, string caller)
    {
        var requests = new List<SentRequest>();
        for (var at = 0; at < bytes.Length;)
        {
            var reading = Reader.Read(bytes, at);
            if (!reading.HasHead)
            {
                if (reading.State == ReadingState.Invalid)
                {
                    requests.Add(Refuse(bytes[at..], reading, caller));
                }

                return new SentRequests(requests, IsOver: false);
            }

            // A marker may be divided over two chunks.
            var markers = Marker.FindAll(bytes[at..Math.Max(at, reading.End)]).Concat(Marker.FindAll(reading.Body)).Distinct();
            requests.Add(Understand(reading, fromOutside) with { Caller = caller, Markers = [.. markers] });
            if (reading.State != ReadingState.Complete)
            {
                return new SentRequests(requests, IsOver: false);
            }

            at = reading.End;
        }

        return new SentRequests(requests, IsOver: true);
    }

    /// <summary>
    /// A request whose head cannot be read. It is remembered, so that it is recognised where it is let through all the same.
    /// </summary>
    private static SentRequest Refuse(string bytes, Http1Reading reading, string caller) => new()
    {
        Caller = caller,
        Method = "",
        Target = "",
        Authority = "",
        Fields = reading.Fields,
        IsWhole = false,
        Refusal = reading.Fault,
        Markers = [.. Marker.FindAll(bytes).Distinct()],
    };

    private static SentRequest Understand(Http1Reading reading, bool fromOutside)
    {
        var parts = SplitStartLine(reading.StartLine);
        var hosts = reading.ValuesOf("host").ToList();
        var (target, authority, formFault) = SplitTarget(parts);
        var request = new SentRequest
        {
            Method = parts[0],
            Target = target,
            Authority = authority ?? hosts.FirstOrDefault() ?? "",
            Fields = [.. reading.Fields.Where(field => !field.Is("host"))],
            Body = reading.Body,
            Trailers = reading.Trailers,
            IsWhole = reading.State == ReadingState.Complete,
            IsFromOutside = fromOutside,
        };
        var fault = formFault
            ?? RequestRules.MethodFault(parts[0], isHttp2: false)
            ?? RequestRules.PathFault(parts[0], target)
            ?? RequestRules.AuthorityFault(request.Authority)
            ?? (hosts.Count == 1 || (hosts.Count == 0 && parts[2] == "HTTP/1.0") ? null : "no Host, or more than one")
            ?? (reading.Framing.IsChunked && parts[2] == "HTTP/1.0" ? "a transfer coding in HTTP/1.0" : null)
            ?? RequestRules.UpgradeFault(request);
        return request with { Refusal = fault };
    }

    /// <summary>
    /// Method, target and version; several blanks may stand before the version (RFC 9112, 3). Kestrel takes whatever byte stands there for
    /// the blank, which nothing above it can see. There is still only one reading, so that this is let pass, although Envoy answers 426.
    /// </summary>
    private static string[] SplitStartLine(string line)
    {
        const int VersionLength = 8;
        var parts = line.Split(' ');
        if (parts.Length > 3 && Array.TrueForAll(parts[2..^1], part => part.Length == 0))
        {
            return [parts[0], parts[1], parts[^1]];
        }

        return parts is [{ } method, { Length: > VersionLength + 1 } rest] && rest[^VersionLength..] is "HTTP/1.1" or "HTTP/1.0"
            ? [method, rest[..^(VersionLength + 1)], rest[^VersionLength..]]
            : parts;
    }

    /// <summary>Path and query, and the authority where the target has one (RFC 9112, 3.2).</summary>
    private static (string Target, string? Authority, string? Fault) SplitTarget(string[] parts)
    {
        if (parts is not [_, { Length: > 0 } target, "HTTP/1.1" or "HTTP/1.0"])
        {
            return ("", null, "a request line that is not one");
        }

        var scheme = target.IndexOf("://", StringComparison.Ordinal);
        if (target[0] is '/' or '*' || scheme < 0)
        {
            return (target, null, null);
        }

        var rest = target[(scheme + 3)..];
        var end = rest.IndexOfAny(['/', '?']);
        var path = end < 0 ? "/" : rest[end] == '?' ? $"/{rest[end..]}" : rest[end..];
        var authority = end < 0 ? rest : rest[..end];
        return target[..scheme].ToUpperInvariant() is "HTTP" or "HTTPS" && authority.Length > 0
            ? (path, authority, null)
            : ("", null, "an absolute form without scheme or authority");
    }
}
