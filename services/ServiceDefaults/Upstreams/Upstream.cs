using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Polly;

namespace Bookinfo.ServiceDefaults.Upstreams;

/// <summary>Calls one other service: passes the caller's headers on, dials the mesh where there is one, keeps to the time-out, and retries only where told to.</summary>
public sealed class Upstream : IDisposable
{
    private readonly UpstreamOptions _options;
    private readonly HttpClient _client;
    private readonly ResiliencePipeline<HttpResponseMessage>? _pipeline;
    private readonly TimeProvider _time;
    private readonly bool _traces;

    internal Upstream(UpstreamOptions options, SocketsHttpHandler handler, ResiliencePipeline<HttpResponseMessage>? pipeline, TimeProvider time)
    {
        (_options, _pipeline, _time) = (options, pipeline, time);
        _traces = handler.ActivityHeadersPropagator is not null;
        _client = new HttpClient(handler)
        {
            BaseAddress = options.Address,
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = options.LongestAnswer,
        };
    }

    /// <summary>The service's name.</summary>
    public string Name => _options.Name;

    /// <summary>Gets a resource. The answer, whatever its status, is there as a whole when this returns; the caller disposes it.</summary>
    /// <param name="path">Path and query, beginning with a slash.</param>
    /// <param name="caller">The headers of the request on whose behalf this is; those of <see cref="UpstreamOptions.Headers"/> are passed on.</param>
    /// <param name="cancellation">The caller went away.</param>
    /// <param name="more">Headers to set besides, over those of the caller.</param>
    /// <exception cref="UpstreamException">No answer came, or none in time.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was cancelled.</exception>
    public async Task<HttpResponseMessage> GetAsync(
        string path, IHeaderDictionary caller, CancellationToken cancellation, params IReadOnlyList<KeyValuePair<string, string>> more)
    {
        using var deadline = new CancellationTokenSource(_options.Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        try
        {
            return await (_pipeline is null ? SendAsync(either.Token) : RunPipelineAsync(_pipeline, either.Token));
        }
        catch (Exception problem) when (!cancellation.IsCancellationRequested && problem is HttpRequestException or OperationCanceledException or ExecutionRejectedException)
        {
            var reason = deadline.IsCancellationRequested ? $"no answer within {_options.Timeout.TotalSeconds} s" : problem.Message;
            throw new UpstreamException(Name, reason, problem);
        }

        Task<HttpResponseMessage> SendAsync(CancellationToken token) => _client.SendAsync(NewRequest(path, caller, more), token);

        Task<HttpResponseMessage> RunPipelineAsync(ResiliencePipeline<HttpResponseMessage> pipeline, CancellationToken token) =>
            pipeline.ExecuteAsync(async attempt => await SendAsync(attempt), token).AsTask();
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private HttpRequestMessage NewRequest(string path, IHeaderDictionary caller, IReadOnlyList<KeyValuePair<string, string>> more)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        var tracing = _traces && Activity.Current is not null;
        foreach (var name in _options.Headers)
        {
            if (!(tracing && ForwardedHeaders.IsTraceContext(name)) && caller.TryGetValue(name, out var values))
            {
                request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
            }
        }

        foreach (var (name, value) in more)
        {
            request.Headers.Remove(name);
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }
}
