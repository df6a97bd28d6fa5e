using System.Globalization;
using Bookinfo.Tests.Fuzz.Wire;

namespace Bookinfo.Tests.Fuzz.Reference;

/// <summary>Understands the fields of an HTTP/2 request as RFC 9113, section 8, and Envoy do.</summary>
public static class Http2Reference
{
    private static readonly string[] ConnectionFields = ["connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade"];
    private static readonly string[] RequiredFields = [":method", ":scheme", ":path"];

    public static SentRequest Understand(IReadOnlyList<Field> fields, string body, IReadOnlyList<Field> trailers, bool fromOutside)
    {
        var pseudo = fields.TakeWhile(field => field.IsPseudo).ToList();
        var others = fields.Skip(pseudo.Count).Select(field => field with { Value = Syntax.TrimBlanks(field.Value) }).ToList();
        string? Value(string name) => pseudo.FirstOrDefault(field => field.Name == name).Value;
        var hosts = others.Where(field => field.Is("host")).Select(field => field.Value).ToList();
        var request = new SentRequest
        {
            Method = Value(":method") ?? "",
            Target = Value(":path") ?? "",
            Authority = Value(":authority") is { Length: > 0 } authority ? authority : hosts.FirstOrDefault() ?? "",
            Fields = [.. others.Where(field => !field.Is("host"))],
            Body = body,
            Trailers = trailers,
            IsFromOutside = fromOutside,
        };
        return request with
        {
            Refusal = PseudoFault(pseudo, others) ?? FieldFault(others)
                ?? RequestFault(request, Value(":authority") is { Length: > 0 } ? [] : hosts, Value(":scheme")),
            LateRefusal = LengthFault(request) ?? TrailerFault(trailers),
        };
    }

    private static string? PseudoFault(List<Field> pseudo, List<Field> others) =>
        others.Any(field => field.IsPseudo) ? "a pseudo-header behind a header"
        : pseudo.Select(field => field.Name).Distinct().Count() != pseudo.Count ? "a pseudo-header twice"
        : pseudo.Any(field => field.Name is not (":method" or ":scheme" or ":authority" or ":path")) ? "an unknown pseudo-header"
        : pseudo.Exists(field => field is { Name: ":method", Value: "CONNECT" }) ? null
        : RequiredFields.Any(name => pseudo.All(field => field.Name != name || field.Value.Length == 0)) ? "a missing pseudo-header"
        : null;

    private static string? FieldFault(IEnumerable<Field> fields)
    {
        foreach (var field in fields)
        {
            if (!Syntax.IsToken(field.Name) || field.Name.Any(char.IsAsciiLetterUpper))
            {
                return "a field name that is not a lower-case token";
            }

            if (!Syntax.IsFieldValue(field.Value))
            {
                return "a control character in a field";
            }

            if (ConnectionFields.Contains(field.Name) || (field.Name == "te" && field.Value != "trailers"))
            {
                return "a connection's own field";
            }
        }

        return null;
    }

    /// <summary>Why a request with these trailers must not reach a pod whole; null where it may.</summary>
    public static string? TrailerFault(IReadOnlyList<Field> trailers) =>
        trailers.Any(field => field.IsPseudo) ? "a pseudo-header in the trailers" : FieldFault(trailers);

    /// <summary>
    /// Beside <c>:authority</c>, Host does not count (RFC 9113, 8.3.1; <c>source/common/http/http2/codec_impl.cc:
    /// allow_different_host_and_authority</c> of envoyproxy/envoy).
    /// </summary>
    private static string? RequestFault(SentRequest request, List<string> hosts, string? scheme)
    {
        var lengths = LengthsOf(request);
        return RequestRules.MethodFault(request.Method, isHttp2: true)
            ?? RequestRules.PathFault(request.Method, request.Target)
            ?? RequestRules.AuthorityFault(request.Authority)
            ?? (request.Authority.Length == 0 ? "no authority" : null)
            ?? (hosts.Count > 1 ? "more than one Host" : null)
            ?? (scheme?.ToUpperInvariant() is "HTTP" or "HTTPS" ? null : "a scheme that is not HTTP's")
            ?? (lengths.TrueForAll(Syntax.IsDigits) && lengths.Count < 2 ? null : "a content-length that is not a number");
    }

    private static string? LengthFault(SentRequest request) =>
        LengthsOf(request).TrueForAll(length => long.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number == request.Body.Length)
            ? null : "a content-length that is not the body's";

    private static List<string> LengthsOf(SentRequest request) =>
        [.. request.Fields.Where(field => field.Is("content-length")).Select(field => field.Value)];
}
