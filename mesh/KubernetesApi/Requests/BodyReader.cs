using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bookinfo.Mesh.KubernetesApi.Objects;
using Bookinfo.Mesh.KubernetesApi.Protobuf;
using Bookinfo.Mesh.KubernetesApi.Resources;
using Microsoft.AspNetCore.Http;

namespace Bookinfo.Mesh.KubernetesApi.Requests;

/// <summary>Reads bodies: JSON, or YAML as one document.</summary>
internal static class BodyReader
{
    /// <summary>
    /// The largest body, in bytes, as an API server has it (<c>k8s.io/apiserver/pkg/server/config.go: MaxRequestBodyBytes</c>).
    /// </summary>
    public const int Largest = 3 * 1024 * 1024;

    /// <summary>The largest body that is read to its end before it is refused; above it the connection ends.</summary>
    public const int LargestRead = 8 * Largest;

    private delegate JsonNode? Reader(ReadOnlySpan<byte> body);

    /// <summary>The media type without its parameters; JSON where none is given.</summary>
    public static string TypeOf(HttpRequest request)
    {
        var type = (request.ContentType ?? "").Split(';')[0].Trim().ToLowerInvariant();
        return type.Length == 0 ? MediaTypes.Json : type;
    }

    /// <summary>Reads an object: JSON, YAML, or protobuf as <c>kubectl create</c> sends it.</summary>
    /// <exception cref="ApiException">The body is not an object, or of another type.</exception>
    public static async Task<JsonObject> ReadObjectAsync(HttpRequest request) =>
        await ReadOptionalAsync(request) ?? throw ApiException.BadRequest("the body is an object");

    /// <summary>Reads an object that may be absent.</summary>
    /// <exception cref="ApiException">The body is of another type.</exception>
    public static async Task<JsonObject?> ReadOptionalAsync(HttpRequest request) => TypeOf(request) switch
    {
        ProtobufReader.MediaType => await ReadAsync(request, bytes => ProtobufReader.Read(bytes)) as JsonObject,
        MediaTypes.Json => await ReadAsync(request, isYaml: false) as JsonObject,
        MediaTypes.Yaml => await ReadAsync(request, isYaml: true) as JsonObject,
        var other => throw ApiException.UnsupportedMediaType(other, MediaTypes.Json, MediaTypes.Yaml, ProtobufReader.MediaType),
    };

    /// <summary>Reads JSON or YAML; null for an empty body.</summary>
    /// <exception cref="ApiException">It is neither, or too long.</exception>
    public static Task<JsonNode?> ReadAsync(HttpRequest request, bool isYaml) => ReadAsync(request,
        bytes => isYaml ? YamlText.Read(Encoding.UTF8.GetString(bytes)) : ReadJson(request, bytes));

    /// <summary>Fields that are written twice are dealt with as unknown ones are.</summary>
    private static JsonNode? ReadJson(HttpRequest request, ReadOnlySpan<byte> bytes)
    {
        var (value, duplicates) = JsonText.Read(bytes);
        if (duplicates.Count > 0)
        {
            var words = duplicates.Select(path => $"duplicate field \"{path}\"").ToList();
            switch (WriteOptions.Read(request).Validation)
            {
                case FieldValidation.Strict:
                    throw ApiException.BadRequest($"strict decoding error: {string.Join(", ", words)}");
                case FieldValidation.Warn:
                    Answers.Warn(request.HttpContext, words);
                    break;
            }
        }

        return value;
    }

    private static async Task<JsonNode?> ReadAsync(HttpRequest request, Reader read)
    {
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        long length = 0;
        while (await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted) is > 0 and var count)
        {
            // A client that is still sending does not read an answer, so what is too long is read too, and forgotten.
            length += count;
            if (length <= Largest)
            {
                body.Write(buffer, 0, count);
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
            return read(body.GetBuffer().AsSpan(0, (int)body.Length));
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            throw ApiException.BadRequest($"the body cannot be read: {e.Message}");
        }
    }
}
