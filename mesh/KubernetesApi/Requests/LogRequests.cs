using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Bookinfo.Mesh.KubernetesApi.Objects;
using Bookinfo.Mesh.KubernetesApi.Storage;
using Microsoft.AspNetCore.Http;

namespace Bookinfo.Mesh.KubernetesApi.Requests;

/// <summary>Answers <c>kubectl logs</c> (<c>k8s.io/api/core/v1/types.go: PodLogOptions</c>).</summary>
internal static class LogRequests
{
    /// <summary>Answers with a pod's lines, and with those to come where they are asked for.</summary>
    /// <exception cref="ApiException">There is no such pod or container, it has not started, or an option cannot be read.</exception>
    public static async Task AnswerAsync(HttpContext context, ResourceTarget target, ApiCluster cluster, TimeProvider time)
    {
        var query = context.Request.Query;
        var pod = cluster.Store.Find(target.Resource, target.Namespace ?? "", target.Name!)?.Content
            ?? throw ApiException.NotFound("pods", target.Name!);
        RequireContainer(pod, query);
        var asked = new LogQuery(Since(query, time), (int)(Number(query, "tailLines") ?? int.MaxValue), query["follow"] == "true");
        var left = Number(query, "limitBytes") ?? long.MaxValue;
        context.Response.ContentType = "text/plain";
        await context.Response.Body.FlushAsync(context.RequestAborted);
        await foreach (var line in cluster.ReadLog(pod.Name(), asked, context.RequestAborted))
        {
            var text = query["timestamps"] == "true"
                ? $"{line.At.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture)} {line.Text}\n"
                : line.Text + "\n";
            var bytes = Encoding.UTF8.GetBytes(text);
            await context.Response.Body.WriteAsync(bytes.AsMemory(0, (int)Math.Min(bytes.Length, left)), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            left -= bytes.Length;
            if (left <= 0)
            {
                return;
            }
        }
    }

    private static void RequireContainer(JsonObject pod, IQueryCollection query)
    {
        var containers = pod.Items("spec", "containers").Select(each => each.Text("name") ?? "").ToList();
        var name = query["container"].ToString() is { Length: > 0 } container ? container : containers.FirstOrDefault() ?? "";
        if (!containers.Contains(name))
        {
            throw ApiException.BadRequest($"container {name} is not valid for pod {pod.Name()}; it has {string.Join(", ", containers)}");
        }

        if (query["previous"] == "true")
        {
            throw ApiException.BadRequest($"previous terminated container \"{name}\" in pod \"{pod.Name()}\" not found");
        }

        var waiting = pod.Items("status", "containerStatuses").FirstOrDefault(status => status.Text("name") == name)
            .Text("state", "waiting", "reason");
        if (waiting is not null)
        {
            throw ApiException.BadRequest($"container \"{name}\" in pod \"{pod.Name()}\" is waiting to start: {waiting}");
        }
    }

    private static DateTimeOffset Since(IQueryCollection query, TimeProvider time) =>
        Number(query, "sinceSeconds") is { } seconds ? time.GetUtcNow().AddSeconds(-seconds)
        : query["sinceTime"].ToString() is not { Length: > 0 } text ? DateTimeOffset.MinValue
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var since) ? since
        : throw ApiException.BadRequest($"sinceTime: '{text}' is not a time; write it as 2026-01-31T12:00:00Z");

    private static long? Number(IQueryCollection query, string name) => query[name].ToString() is not { Length: > 0 } text ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw ApiException.BadRequest($"{name}: '{text}' is not a whole number from 0 on");
}
