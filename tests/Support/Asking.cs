using System.Net.Http.Headers;

namespace Bookinfo.Tests.Support;

/// <summary>Short questions, whose answers are a status and a body.</summary>
public static class Asking
{
    /// <summary>GET.</summary>
    public static async Task<(int Status, string Body)> GetAsync(this RunningService service, string path)
    {
        ArgumentNullException.ThrowIfNull(service);
        using var answer = await service.Client.GetAsync(path);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>POST of JSON.</summary>
    public static async Task<(int Status, string Body)> PostAsync(this RunningService service, string path, string json)
    {
        ArgumentNullException.ThrowIfNull(service);
        using var content = new StringContent(json, new MediaTypeHeaderValue("application/json"));
        using var answer = await service.Client.PostAsync(path, content);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Another method, without a body; the answer's <c>Allow</c>, sorted.</summary>
    public static async Task<(int Status, string Allow)> SendAsync(this RunningService service, string method, string path)
    {
        ArgumentNullException.ThrowIfNull(service);
        using var answer = await service.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
        return ((int)answer.StatusCode, string.Join(", ", answer.Content.Headers.Allow.Order()));
    }
}
