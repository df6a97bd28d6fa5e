using System.Globalization;
using Bookinfo.Mesh.KubernetesApi.Objects;
using Bookinfo.Mesh.KubernetesApi.Storage;
using Microsoft.AspNetCore.Http;

namespace Bookinfo.Mesh.KubernetesApi.Requests;

/// <summary>Answers <c>kubectl logs</c>.</summary>
internal static class LogRequests
{
    /// <summary>Answers with a pod's lines, and with those to come where they are asked for.</summary>
    /// <exception cref="ApiException">There is no such pod or container.</exception>
    public static async Task AnswerAsync(HttpContext context, ResourceTarget target, ApiCluster cluster)
    {
        var query = context.Request.Query;
        var pod = cluster.Store.Find(target.Resource, target.Namespace ?? "", target.Name!)
            ?? throw ApiException.NotFound("pods", target.Name!);
        var containers = pod.Content.Items("spec", "containers").Select(each => each.Name("name")).ToList();
        if (query["container"].ToString() is { Length: > 0 } container && !containers.Contains(container))
        {
            throw ApiException.BadRequest(
                $"container {container} is not valid for pod {target.Name}; it has {string.Join(", ", containers)}");
        }

        var tail = query["tailLines"].ToString() is not { Length: > 0 } text ? int.MaxValue
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var lines) ? lines
            : throw ApiException.BadRequest($"tailLines: '{text}' is not a whole number from 0 on");
        context.Response.ContentType = "text/plain";
        await context.Response.Body.FlushAsync(context.RequestAborted);
        await foreach (var line in cluster.ReadLog(pod.Content.Name(), tail, query["follow"] == "true", context.RequestAborted))
        {
            await context.Response.WriteAsync(line + "\n", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }
    }

    private static string Name(this System.Text.Json.Nodes.JsonObject container, string field) => container.Text(field) ?? "";
}
