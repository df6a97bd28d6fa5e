using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Bookinfo.Mesh.Lab.Errors;
using Bookinfo.Mesh.Lab.Network;
using Bookinfo.Mesh.TrafficConsole.Canary;

namespace Bookinfo.Mesh.Lab.Canary;

/// <summary>Steers a canary by the API of a console.</summary>
internal sealed class RolloutClient : IDisposable
{
    private const string Data = "data: ";
    private readonly HttpClient _http;

    /// <summary>A client of the console at an address.</summary>
    /// <param name="address">Where the console listens.</param>
    /// <param name="token">Its token, where it asks for one.</param>
    public RolloutClient(IPEndPoint address, string? token)
    {
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(5) })
        {
            BaseAddress = new Uri(ListenAddress.ToUrl(address)),
            Timeout = Timeout.InfiniteTimeSpan,
        };
        if (token is not null)
        {
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
    }

    /// <summary>Where the console listens.</summary>
    public Uri Address => _http.BaseAddress!;

    /// <summary>Starts a canary.</summary>
    /// <exception cref="UserErrorException">The console refuses it, or does not answer.</exception>
    public Task StartAsync(string file, string yaml, CanaryPlan plan, bool isTargetNamed, int fewestRequests,
        CancellationToken cancellation)
    {
        var to = isTargetNamed ? $"&to={Uri.EscapeDataString(plan.To)}" : "";
        return SendAsync(HttpMethod.Post,
            $"/api/canary?from={Uri.EscapeDataString(plan.From)}{to}&service={Uri.EscapeDataString(plan.Service)}"
            + $"&fewestRequests={fewestRequests}&file={Uri.EscapeDataString(file)}",
            new StringContent(yaml, Encoding.UTF8, "application/yaml"), cancellation);
    }

    /// <summary>Ends a wait, or skips a step.</summary>
    public Task PromoteAsync(CancellationToken cancellation) =>
        SendAsync(HttpMethod.Post, "/api/canary/promote", content: null, cancellation);

    /// <summary>Has the console send a load through its gateway.</summary>
    public Task LoadAsync(double rate, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Put, "/api/load", JsonContent.Create(new { rate, readers = "guest" }), cancellation);

    /// <summary>Breaks the pods of a release: each answer is an error, while their probes stay green.</summary>
    public async Task BreakAsync(string service, string release, CancellationToken cancellation)
    {
        using var topology = JsonDocument.Parse(await _http.GetStringAsync(new Uri("/api/topology", UriKind.Relative), cancellation));
        var pods = topology.RootElement.GetProperty("services").EnumerateArray()
            .Where(one => one.GetProperty("name").GetString() == service)
            .SelectMany(one => one.GetProperty("releases").EnumerateArray())
            .Where(one => one.GetProperty("version").GetString() == release)
            .SelectMany(one => one.GetProperty("pods").EnumerateArray());
        foreach (var pod in pods.Select(pod => pod.GetProperty("name").GetString()!).ToList())
        {
            await SendAsync(HttpMethod.Put, $"/api/pods/{pod}/fault", JsonContent.Create(new { percent = 100 }), cancellation);
        }
    }

    /// <summary>How the canary stands, as often as it changes.</summary>
    /// <exception cref="UserErrorException">The console is gone.</exception>
    public async IAsyncEnumerable<CanaryStatus> WatchAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        using var stream = await OpenAsync(cancellation);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        while (await ReadAsync(reader, cancellation) is { } line)
        {
            if (line.StartsWith(Data, StringComparison.Ordinal)
                && JsonSerializer.Deserialize(line[Data.Length..], CanaryJson.Default.CanaryState)?.Canary is { } canary)
            {
                yield return canary;
            }
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<Stream> OpenAsync(CancellationToken cancellation)
    {
        try
        {
            return await _http.GetStreamAsync(new Uri("/api/canary/events", UriKind.Relative), cancellation);
        }
        catch (HttpRequestException e)
        {
            throw Gone(e);
        }
    }

    private async Task<string?> ReadAsync(StreamReader reader, CancellationToken cancellation)
    {
        try
        {
            return await reader.ReadLineAsync(cancellation);
        }
        catch (IOException e)
        {
            throw Gone(e);
        }
    }

    private async Task SendAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        try
        {
            using var answer = await _http.SendAsync(request, cancellation);
            if (!answer.IsSuccessStatusCode)
            {
                throw Refused(answer.StatusCode, await answer.Content.ReadAsStringAsync(cancellation));
            }
        }
        catch (HttpRequestException e)
        {
            throw Gone(e);
        }
    }

    /// <summary>Problems with the file as lines, else the console's own sentence.</summary>
    private static UserErrorException Refused(HttpStatusCode status, string body)
    {
        try
        {
            using var problem = JsonDocument.Parse(body);
            if (problem.RootElement.TryGetProperty("problems", out var problems))
            {
                var lines = problems.EnumerateArray().Select(one => Line(one));
                return new UserErrorException($"{string.Join(Environment.NewLine, lines)}{Environment.NewLine}The canary was not started.");
            }

            if (problem.RootElement.TryGetProperty("detail", out var detail))
            {
                return new UserErrorException(detail.GetString()!);
            }
        }
        catch (JsonException)
        {
            // The status says what there is to say.
        }

        return new UserErrorException(status == HttpStatusCode.Unauthorized
            ? "The console asks for a token: give it with --token."
            : $"The console answered {(int)status}.");
    }

    private static string Line(JsonElement problem)
    {
        var (line, suggestion) = (problem.GetProperty("line").GetInt32(), problem.GetProperty("suggestion").GetString());
        var place = line > 0 ? $":{line}:{problem.GetProperty("column").GetInt32()}" : "";
        var path = problem.GetProperty("path").GetString() is { Length: > 0 } given ? $"{given}: " : "";
        return $"{problem.GetProperty("file").GetString()}{place}: {path}{problem.GetProperty("message").GetString()}"
            + (suggestion is null ? "" : $" ({suggestion})");
    }

    private UserErrorException Gone(Exception e) => new($"No console answers at {Address.Authority}: {e.Message}");
}
