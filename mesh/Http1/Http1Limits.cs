namespace Bookinfo.Mesh.Http1;

/// <summary>How much of what a server may send. More is a <see cref="Http1Error.Protocol"/> error.</summary>
/// <param name="HeaderBytes">Status line and header lines of one head, or one trailer section, in bytes.</param>
/// <param name="HeaderCount">Header lines of one head or trailer section.</param>
/// <param name="ChunkLineBytes">One chunk's size with its extensions, in bytes.</param>
/// <param name="InterimResponses">1xx answers before the final one.</param>
public sealed record Http1Limits(int HeaderBytes, int HeaderCount, int ChunkLineBytes, int InterimResponses)
{
    /// <summary>
    /// Envoy's limits for heads (<c>max_response_headers_kb</c> 60, <c>max_headers_count</c> 100), 4 KiB for a chunk line, 100 interim
    /// answers.
    /// </summary>
    public static Http1Limits Default { get; } = new(60 * 1024, 100, 4096, 100);
}
