using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Bookinfo.Mesh.Lab.Errors;
using Bookinfo.Mesh.Lab.Network;
using Bookinfo.Mesh.Proxy.Explaining;

namespace Bookinfo.Mesh.Lab.Explaining;

/// <summary>Asks the console of a Lab that runs.</summary>
internal static class ConsoleClient
{
    /// <summary>Says where the request would go under the rules in force there.</summary>
    /// <param name="request">The request.</param>
    /// <param name="address">Where the console listens.</param>
    /// <param name="token">What the console asks for; null where it asks for nothing.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The explanation as lines, or null where no console listens.</returns>
    /// <exception cref="UserErrorException">The console does not take the question.</exception>
    public static async Task<string?> ExplainAsync(ExplainRequest request, IPEndPoint address, string? token,
        CancellationToken cancellation)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(10) };
        var question = new
        {
            from = request.Caller,
            method = request.Method,
            url = request.Url.AbsoluteUri,
            headers = request.Headers.GroupBy(header => header.Key, header => header.Value)
                .ToDictionary(group => group.Key, group => group.ToArray()),
        };
        using var message = new HttpRequestMessage(HttpMethod.Post, $"{ListenAddress.ToUrl(address)}/api/explain")
        {
            Content = JsonContent.Create(question),
        };
        message.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/plain"));
        try
        {
            using var answer = await client.SendAsync(message, cancellation);
            var text = await answer.Content.ReadAsStringAsync(cancellation);
            if (answer.StatusCode == HttpStatusCode.Unauthorized)
            {
                throw new UserErrorException($"The console at {address} needs its token: add --token with the one that its start printed.",
                    ExitCodes.Usage);
            }

            return answer.IsSuccessStatusCode
                ? text
                : throw new UserErrorException(
                    $"The console at {address} does not take the question: {Detail(text) ?? $"it answered {(int)answer.StatusCode}"}",
                        ExitCodes.Usage);
        }
        catch (HttpRequestException e) when (e.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused })
        {
            return null;
        }
        catch (HttpRequestException e)
        {
            throw new UserErrorException($"What listens at {address} is not a console: {e.Message}");
        }
    }

    private static string? Detail(string problem)
    {
        try
        {
            return JsonDocument.Parse(problem).RootElement.GetProperty("detail").GetString();
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }
}
