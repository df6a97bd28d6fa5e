using Microsoft.AspNetCore.Http;

namespace Bookinfo.Mesh.Proxy.Requests;

/// <summary>All that a rule may ask about a request, taken once.</summary>
/// <param name="Method">The method, as it came.</param>
/// <param name="Scheme"><c>http</c>: the mesh's listeners have no TLS.</param>
/// <param name="Authority">The Host header or <c>:authority</c>, with port where it has one.</param>
/// <param name="Path">The path without query, normalized, not decoded.</param>
/// <param name="Query">The query without its question mark; empty where there is none.</param>
/// <param name="Headers">The request's headers.</param>
internal readonly record struct RequestInfo(string Method, string Scheme, string Authority, string Path, string Query,
    IHeaderDictionary Headers)
{
    /// <summary>Path and query as they are sent.</summary>
    public string Target => Query.Length > 0 ? $"{Path}?{Query}" : Path;
}
