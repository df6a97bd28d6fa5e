using System.Text;
using Bookinfo.Mesh.Istio;
using Microsoft.AspNetCore.Http;

namespace Bookinfo.Mesh.TrafficConsole.Api;

/// <summary>Rules as a request's body: UTF-8, and no longer than rules are.</summary>
internal static class RuleBody
{
    /// <summary>The longest body that is read, in bytes.</summary>
    public const int Longest = RuleFiles.LargestFile;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads the body to its end.</summary>
    /// <param name="request">The request; Kestrel ends a body that is longer than <see cref="Longest"/>.</param>
    /// <exception cref="BadHttpRequestException">413: it is too long. 400: it is not UTF-8.</exception>
    public static async Task<string> ReadAsync(HttpRequest request)
    {
        using var bytes = new MemoryStream();
        await request.Body.CopyToAsync(bytes, request.HttpContext.RequestAborted);
        try
        {
            return Strict.GetString(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException e)
        {
            throw new BadHttpRequestException($"The body is not UTF-8: byte {e.Index} cannot be read.", StatusCodes.Status400BadRequest, e);
        }
    }
}
