using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bookinfo.Mesh.KubernetesApi.Objects;
using Bookinfo.Mesh.KubernetesApi.Resources;
using Microsoft.AspNetCore.Http;

namespace Bookinfo.Mesh.KubernetesApi.Requests;

/// <summary>Reads bodies: JSON, or YAML as one document.</summary>
internal static class BodyReader
{
    /// <summary>The largest body, in bytes, as an API server has it (<c>k8s.io/apiserver/pkg/server/config.go: MaxRequestBodyBytes</c>).</summary>
    public const int Largest = 3 * 1024 * 1024;

    /// <summary>The largest body that is read to its end before it is refused; above it the connection ends.</summary>
    public const int LargestRead = 8 * Largest;

    private static readonly JsonDocumentOptions NoDuplicates = new() { AllowDuplicateProperties = false };

    /// <summary>The media type without its parameters; JSON where none is given.</summary>
    public static string TypeOf(HttpRequest request)
    {
        var type = (request.ContentType ?? "").Split(';')[0].Trim().ToLowerInvariant();
        return type.Length == 0 ? MediaTypes.Json : type;
    }

    /// <summary>Reads an object.</summary>
    /// <exception cref="ApiException">The body is not an object, or of another type.</exception>
    public static async Task<JsonObject> ReadObjectAsync(HttpRequest request)
    {
        var type = TypeOf(request);
        return type is MediaTypes.Json or MediaTypes.Yaml
            ? await ReadAsync(request, type == MediaTypes.Yaml) as JsonObject ?? throw ApiException.BadRequest("the body is an object")
            : throw ApiException.UnsupportedMediaType(type, MediaTypes.Json, MediaTypes.Yaml);
    }

    /// <summary>Reads an object that may be absent.</summary>
    public static async Task<JsonObject?> ReadOptionalAsync(HttpRequest request) =>
        request.ContentLength is null or 0 && !request.Headers.ContainsKey("Transfer-Encoding") && request.ContentType is null
            ? null : await ReadAsync(request, TypeOf(request) == MediaTypes.Yaml) as JsonObject;

    /// <summary>Reads JSON or YAML; null for an empty body.</summary>
    /// <exception cref="ApiException">It is neither, or too long.</exception>
    public static async Task<JsonNode?> ReadAsync(HttpRequest request, bool isYaml)
    {
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        long length = 0;
        while (await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted) is > 0 and var read)
        {
            // A client that is still sending does not read an answer, so what is too long is read too, and forgotten.
            length += read;
            if (length <= Largest)
            {
                body.Write(buffer, 0, read);
            }
        }

        if (length > Largest)
        {
            throw new ApiException(413, "RequestEntityTooLarge", $"Request entity too large: limit is {Largest}");
        }

        if (body.Length == 0)
        {
            return null;
        }

        try
        {
            var bytes = body.GetBuffer().AsSpan(0, (int)body.Length);
            return isYaml ? YamlText.Read(Encoding.UTF8.GetString(bytes)) : JsonNode.Parse(bytes, documentOptions: NoDuplicates);
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            throw ApiException.BadRequest($"the body cannot be read: {e.Message}");
        }
    }
}
