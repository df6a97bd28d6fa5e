using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Bookinfo.ServiceDefaults.Hosting;

/// <summary>Answers written straight into the response's pipe: no serializer, no copy.</summary>
public static class JsonResponses
{
    private const string JsonType = "application/json";

    // The originals do not escape apostrophes and angle brackets; an answer's type is JSON, so no browser reads it as markup.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Answers with JSON that is ready, in UTF-8.</summary>
    public static Task WriteJsonAsync(this HttpResponse response, int status, ReadOnlyMemory<byte> json)
    {
        ArgumentNullException.ThrowIfNull(response);
        Start(response, status, JsonType, json.Length);
        return response.BodyWriter.WriteAsync(json, response.HttpContext.RequestAborted).GetAsTask();
    }

    /// <summary>Answers 200 with JSON that is ready but for the one number in it.</summary>
    /// <param name="response">The response, not yet begun.</param>
    /// <param name="head">What comes before the number, in UTF-8.</param>
    /// <param name="number">The number, in ASCII.</param>
    /// <param name="tail">What comes after it, in UTF-8.</param>
    public static Task WriteJsonAsync(this HttpResponse response, ReadOnlySpan<byte> head, ReadOnlySpan<char> number, ReadOnlySpan<byte> tail)
    {
        ArgumentNullException.ThrowIfNull(response);
        var length = head.Length + number.Length + tail.Length;
        Start(response, StatusCodes.Status200OK, JsonType, length);
        var body = response.BodyWriter;
        var span = body.GetSpan(length);
        head.CopyTo(span);
        Encoding.ASCII.GetBytes(number, span[head.Length..]);
        tail.CopyTo(span[(head.Length + number.Length)..]);
        body.Advance(length);
        return body.FlushAsync(response.HttpContext.RequestAborted).GetAsTask();
    }

    /// <summary>Answers with one JSON object whose members <paramref name="members"/> writes.</summary>
    /// <param name="response">The response, not yet begun.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="state">What <paramref name="members"/> needs, so that it can be static.</param>
    /// <param name="members">Writes names and values between the braces.</param>
    /// <param name="contentType">The media type.</param>
    public static Task WriteJsonAsync<TState>(
        this HttpResponse response, int status, TState state, Action<Utf8JsonWriter, TState> members, string contentType = JsonType)
    {
        ArgumentNullException.ThrowIfNull(response);
        ArgumentNullException.ThrowIfNull(members);
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            writer.WriteStartObject();
            members(writer, state);
            writer.WriteEndObject();
        }

        Start(response, status, contentType, buffer.WrittenCount);
        return response.BodyWriter.WriteAsync(buffer.WrittenMemory, response.HttpContext.RequestAborted).GetAsTask();
    }

    private static void Start(HttpResponse response, int status, string contentType, int length)
    {
        response.StatusCode = status;
        response.ContentType = contentType;
        response.ContentLength = length;
    }

    private static Task GetAsTask(this in ValueTask<FlushResult> flush) => flush.IsCompletedSuccessfully ? Task.CompletedTask : flush.AsTask();
}
