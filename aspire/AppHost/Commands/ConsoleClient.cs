using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace Bookinfo.AppHost.Commands;

/// <summary>The API of the traffic console, as far as the commands need it. Each call says its result in a sentence.</summary>
/// <param name="console">Where it listens.</param>
internal sealed class ConsoleClient(EndpointReference console)
{
    private static readonly HttpClient Client = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(10) };

    /// <summary>Moves traffic of a service to a release.</summary>
    /// <param name="pod">A pod of the release.</param>
    /// <param name="percent">How many of a hundred requests are moved, from those that go elsewhere.</param>
    /// <param name="cancellation">Gives up.</param>
    public Task<ExecuteCommandResult> ShiftAsync(Pod pod, int percent, CancellationToken cancellation) => SendAsync(
        HttpMethod.Post,
        $"/api/services/{pod.Service.Name}/shift",
        new Shift(pod.Release.Version, percent),
        async answer =>
        {
            var shares = await answer.Content.ReadFromJsonAsync<List<Share>>(cancellation) ?? [];
            return string.Create(CultureInfo.InvariantCulture,
                $"{pod.Service.Name}: {string.Join(", ", shares.Select(share => $"{share.Release} {share.Percent} %"))}");
        },
        cancellation);

    /// <summary>Breaks a pod on purpose.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="fault">How.</param>
    /// <param name="cancellation">Gives up.</param>
    public Task<ExecuteCommandResult> BreakAsync(Pod pod, Fault fault, CancellationToken cancellation) => SendAsync(
        HttpMethod.Put,
        FaultOf(pod),
        fault,
        _ => Task.FromResult(fault.Status == 0 ? $"{pod.Name} answers {fault.DelayMilliseconds / 1000.0} s late"
            : $"{pod.Name} answers {fault.Status}"),
        cancellation);

    /// <summary>Takes back what <see cref="BreakAsync"/> did.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="cancellation">Gives up.</param>
    public Task<ExecuteCommandResult> HealAsync(Pod pod, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Delete, FaultOf(pod), null, _ => Task.FromResult($"{pod.Name} is well again"), cancellation);

    /// <summary>Puts the rules with which the mesh started back in force.</summary>
    /// <param name="cancellation">Gives up.</param>
    public Task<ExecuteCommandResult> ResetAsync(CancellationToken cancellation) =>
        SendAsync(HttpMethod.Post, "/api/reset", null, _ => Task.FromResult("The rules with which the mesh started are in force again."),
            cancellation);

    private static string FaultOf(Pod pod) => $"/api/pods/{pod.Name}/fault";

    private async Task<ExecuteCommandResult> SendAsync(
        HttpMethod method, string path, object? body, Func<HttpResponseMessage, Task<string>> tell, CancellationToken cancellation)
    {
        try
        {
            using var request = new HttpRequestMessage(method, new Uri(new Uri(console.Url), path))
            {
                Content = body is null ? null : JsonContent.Create(body),
            };
            using var answer = await Client.SendAsync(request, cancellation);
            return answer.IsSuccessStatusCode ? Success(await tell(answer)) : CommandResults.Failure(await WhyAsync(answer, cancellation));
        }
        catch (HttpRequestException problem)
        {
            return CommandResults.Failure($"The traffic console cannot be reached: {problem.Message}");
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return CommandResults.Canceled();
        }
        catch (OperationCanceledException)
        {
            return CommandResults.Failure($"The traffic console did not answer within {Client.Timeout.TotalSeconds} s.");
        }
    }

    // The message is for the dashboard, the result for the command line.
    private static ExecuteCommandResult Success(string sentence) => CommandResults.Success(sentence, sentence);

    /// <summary>The sentence in the console's problem details (RFC 9457), or the bare status.</summary>
    private static async Task<string> WhyAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        try
        {
            var problem = await answer.Content.ReadFromJsonAsync<Problem>(cancellation);
            return problem?.Detail ?? problem?.Title ?? Status();
        }
        catch (JsonException)
        {
            return Status();
        }

        string Status() => $"The traffic console answered {(int)answer.StatusCode}.";
    }

    private sealed record Shift(string Release, int Percent);

    private sealed record Share(string Release, double Percent);

    private sealed record Problem(string? Title, string? Detail);
}
