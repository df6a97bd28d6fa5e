using System.Diagnostics.CodeAnalysis;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Bookinfo.Mesh.Proxy.Requests;

/// <summary>Counts the bytes of both bodies. It stands between Kestrel and the forwarder, and is used again for the next request.</summary>
[SuppressMessage("Reliability", "CA1001", Justification = "The streams own nothing; what they stand before is Kestrel's.")]
internal sealed class BodyMeter : IHttpResponseBodyFeature
{
    private readonly CountingStream _request = new();
    private readonly CountingStream _response = new();
    private IHttpResponseBodyFeature? _inner;
    private IHttpRequestTrailersFeature? _trailers;
    private Action? _onRequestEnd;
    private Action? _requestEnded;

    public long RequestBytes => _request.Count;

    /// <summary>Whether the whole request has come.</summary>
    public bool HasRequestEnded { get; private set; }

    public long ResponseBytes => _response.Count;

    public Stream Stream => _response;

    public PipeWriter Writer => _inner!.Writer;

    public void Attach(IFeatureCollection features)
    {
        _inner = features.GetRequiredFeature<IHttpResponseBodyFeature>();
        _response.Over(_inner.Stream);
        features.Set<IHttpResponseBodyFeature>(this);
        HasRequestEnded = features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: true };
        if (!HasRequestEnded)
        {
            var request = features.GetRequiredFeature<IHttpRequestFeature>();
            _trailers = features.Get<IHttpRequestTrailersFeature>();
            _request.Over(request.Body, _onRequestEnd ??= EndRequest);
            request.Body = _request;
        }
    }

    /// <summary>Calls back once the whole request has come; at once where it has.</summary>
    public void WhenRequestEnds(Action callback)
    {
        if (HasRequestEnded)
        {
            callback();
        }
        else
        {
            _requestEnded += callback;
        }
    }

    /// <summary>Counts what came from the caller by another way than the request's body.</summary>
    public void CountRequest(int bytes) => _request.Add(bytes);

    /// <summary>Counts what went to the caller by another way than <see cref="Stream"/>.</summary>
    public void CountResponse(int bytes) => _response.Add(bytes);

    public void Detach()
    {
        (_inner, _trailers, _requestEnded) = (null, null, null);
        _request.Over(System.IO.Stream.Null);
        _response.Over(System.IO.Stream.Null);
    }

    public Task CompleteAsync() => _inner!.CompleteAsync();

    public void DisableBuffering() => _inner!.DisableBuffering();

    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) =>
        _inner!.SendFileAsync(path, offset, count, cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken = default) => _inner!.StartAsync(cancellationToken);

    /// <summary>Trailers stand behind the body; where they are not HTTP, the request must not end as if it were good.</summary>
    private void EndRequest()
    {
        if (_trailers is { Available: true } and { Trailers.Count: > 0 } && !HttpSyntax.AreFields(_trailers.Trailers))
        {
            throw new BadHttpRequestException("A trailer has a character that it cannot have.", StatusCodes.Status400BadRequest);
        }

        if (!HasRequestEnded)
        {
            HasRequestEnded = true;
            _requestEnded?.Invoke();
        }
    }
}
