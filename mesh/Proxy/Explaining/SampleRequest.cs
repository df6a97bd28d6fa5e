using Bookinfo.Mesh.Proxy.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Bookinfo.Mesh.Proxy.Explaining;

/// <summary>A request that is not sent, part by part as it would be on the wire.</summary>
public sealed record SampleRequest
{
    /// <summary>The method.</summary>
    public string Method { get; init; } = "GET";

    /// <summary><c>http</c> or <c>https</c>.</summary>
    public string Scheme { get; init; } = "http";

    /// <summary>The Host header, with port where it has one.</summary>
    public required string Authority { get; init; }

    /// <summary>The path without the query, not decoded. Dot segments go, as for a request that is sent.</summary>
    public string Path { get; init; } = "/";

    /// <summary>The query without its question mark; empty where there is none.</summary>
    public string Query { get; init; } = "";

    /// <summary>Headers, a name possibly several times. Host is <see cref="Authority"/>.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>The parts of a request whose URL is known. A Host header among its headers stands in the place of the URL's.</summary>
    internal static SampleRequest Of(ExplainRequest request) => new()
    {
        Method = request.Method,
        Scheme = request.Url.Scheme,
        Authority = request.Headers.FirstOrDefault(header => header.Key.Equals("host", StringComparison.OrdinalIgnoreCase)).Value
            ?? request.Url.Authority,
        Path = request.Url.AbsolutePath,
        Query = request.Url.Query.TrimStart('?'),
        Headers = request.Headers,
    };

    internal RequestInfo ToInfo()
    {
        var headers = new HeaderDictionary();
        foreach (var (name, value) in Headers)
        {
            // Append leaves out an empty value, which a request can have.
            headers[name] = StringValues.Concat(headers[name], HttpSyntax.ToFieldValue(value));
        }

        return new RequestInfo(Method, Scheme, Authority, RequestTarget.Normalize(Path), Query, headers);
    }
}
