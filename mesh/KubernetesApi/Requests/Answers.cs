using System.Text.Json.Nodes;
using Bookinfo.Mesh.KubernetesApi.Objects;
using Bookinfo.Mesh.KubernetesApi.Resources;
using Microsoft.AspNetCore.Http;

namespace Bookinfo.Mesh.KubernetesApi.Requests;

/// <summary>Writes answers.</summary>
internal static class Answers
{
    /// <summary>Answers with JSON.</summary>
    public static Task SendAsync(HttpContext context, JsonNode body, int status = StatusCodes.Status200OK, string type = MediaTypes.Json)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        return context.Response.WriteAsync(body.ToText(), context.RequestAborted);
    }

    /// <summary>Adds what the client is to print as a warning (<c>k8s.io/apiserver/pkg/warning</c>, RFC 7234, section 5.5).</summary>
    public static void Warn(HttpContext context, IEnumerable<string> warnings)
    {
        foreach (var warning in warnings)
        {
            var text = string.Concat(warning.Select(c => c is < ' ' or > '~' ? "?" : c is '"' or '\\' ? $"\\{c}" : $"{c}"));
            context.Response.Headers.Append("Warning", $"299 - \"{text}\"");
        }
    }
}
