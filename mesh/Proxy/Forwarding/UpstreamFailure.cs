using Bookinfo.Mesh.Http1;
using Bookinfo.Mesh.Proxy.Requests;
using Bookinfo.Mesh.Proxy.Retries;
using Bookinfo.Mesh.Proxy.Telemetry;

namespace Bookinfo.Mesh.Proxy.Forwarding;

/// <summary>
/// Why an attempt brought no answer, in Envoy's words (<c>source/common/router/router.cc: onUpstreamReset,
/// streamResetReasonToResponseFlag</c>).
/// </summary>
/// <param name="Kind">What happened.</param>
/// <param name="Flags">Its response flag.</param>
/// <param name="Status">The status the caller gets; 0 where the caller has gone.</param>
/// <param name="Reason">Envoy's reset reason.</param>
internal sealed record UpstreamFailure(UpstreamFailureKind Kind, ResponseFlags Flags, int Status, string Reason)
{
    /// <summary>The route's time ran out.</summary>
    public static readonly UpstreamFailure RouteTimeout = new(UpstreamFailureKind.Timeout, ResponseFlags.UpstreamRequestTimeout, 504, "");

    /// <summary>A limit of the connection pool is reached.</summary>
    public static readonly UpstreamFailure Overflow = new(UpstreamFailureKind.Overflow, ResponseFlags.UpstreamOverflow, 503, "overflow");

    /// <summary>The attempt's own time ran out.</summary>
    public static readonly UpstreamFailure AttemptTimeout = RouteTimeout with { Kind = UpstreamFailureKind.PerTryTimeout };

    /// <summary>The caller went away.</summary>
    public static readonly UpstreamFailure CallerGone =
        new(UpstreamFailureKind.CallerGone, ResponseFlags.DownstreamConnectionTermination, 0, "");

    /// <summary>The caller sent what is not HTTP.</summary>
    public static readonly UpstreamFailure CallerError =
        new(UpstreamFailureKind.CallerError, ResponseFlags.DownstreamProtocolError, 400, "");

    /// <summary>No connection within the time for it.</summary>
    public static readonly UpstreamFailure ConnectTimeout =
        new(UpstreamFailureKind.Connect, ResponseFlags.UpstreamConnectionFailure, 503, "connection timeout");

    /// <summary>No endpoint is healthy.</summary>
    public static readonly UpstreamFailure NoHealthyUpstream =
        new(UpstreamFailureKind.NoHealthyUpstream, ResponseFlags.NoHealthyUpstream, 503, "");

    private static readonly UpstreamFailure NoConnection =
        new(UpstreamFailureKind.Connect, ResponseFlags.UpstreamConnectionFailure, 503, "remote connection failure");
    private static readonly UpstreamFailure Terminated =
        new(UpstreamFailureKind.Termination, ResponseFlags.UpstreamConnectionTermination, 503, "connection termination");
    private static readonly UpstreamFailure Reset = new(UpstreamFailureKind.Reset, ResponseFlags.UpstreamRemoteReset, 503, "remote reset");
    private static readonly UpstreamFailure Refused =
        new(UpstreamFailureKind.RefusedStream, ResponseFlags.UpstreamRemoteReset, 503, "remote refused stream reset");
    private static readonly UpstreamFailure NoHttp =
        new(UpstreamFailureKind.Protocol, ResponseFlags.UpstreamProtocolError, 502, "protocol error");

    /// <summary>Whether it is the endpoint's fault, as the circuit breaker sees it.</summary>
    public bool IsUpstreams =>
        Kind is not (UpstreamFailureKind.CallerGone or UpstreamFailureKind.CallerError or UpstreamFailureKind.Overflow
            or UpstreamFailureKind.NoHealthyUpstream);

    /// <summary>Whether the request came as far as the pod.</summary>
    public bool ReachesPod =>
        Kind is not (UpstreamFailureKind.Connect or UpstreamFailureKind.Overflow or UpstreamFailureKind.NoHealthyUpstream);

    /// <summary>The status that the pod's sidecar counts; 0 where it saw its caller go.</summary>
    public int StatusAtPod => IsGivenUp ? 0 : Status;

    /// <summary>The flags that the pod's sidecar counts.</summary>
    public ResponseFlags FlagsAtPod => IsGivenUp ? ResponseFlags.DownstreamConnectionTermination : Flags;

    /// <summary>
    /// To the pod's sidecar an attempt whose time ran out, and one whose caller went away, is the same: its own caller has gone.
    /// </summary>
    private bool IsGivenUp => Kind is
        UpstreamFailureKind.Timeout or UpstreamFailureKind.PerTryTimeout or UpstreamFailureKind.CallerGone
            or UpstreamFailureKind.CallerError;

    /// <summary>Envoy's details for an answer that broke off.</summary>
    public string DetailsAfterStart => Kind == UpstreamFailureKind.CallerGone
        ? "downstream_remote_disconnect"
        : $"upstream_reset_after_response_started{{{Reason.Replace(' ', '_')}}}";

    /// <summary>Reads what an HTTP/1.1 connection reports.</summary>
    public static UpstreamFailure From(Http1Exception exception) => exception.Error switch
    {
        Http1Error.Overflow => Overflow,
        Http1Error.ConnectFailure => NoConnection,
        Http1Error.ConnectTimeout => ConnectTimeout,
        Http1Error.Protocol => NoHttp,
        Http1Error.RequestBody => CallerError,
        _ => Terminated,
    };

    /// <summary>Reads what HttpClient reports.</summary>
    public static UpstreamFailure From(Exception? exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError }:
                    return NoConnection;
                case HttpProtocolException { ErrorCode: 7 }:
                    return Refused;
                case HttpProtocolException:
                    return Reset;
                case HttpRequestException
                {
                    HttpRequestError: HttpRequestError.InvalidResponse
                    or HttpRequestError.ConfigurationLimitExceeded
                }:
                    return NoHttp;
                default:
                    continue;
            }
        }

        return Terminated;
    }

    /// <summary>The flag of an answer or a failure that was worth another attempt and had none.</summary>
    public static ResponseFlags FlagsOf(RetryDecision decision) => decision switch
    {
        RetryDecision.LimitExceeded => ResponseFlags.UpstreamRetryLimitExceeded,
        RetryDecision.Overflow => ResponseFlags.UpstreamOverflow,
        _ => ResponseFlags.None,
    };

    /// <summary>Answers the caller in the endpoint's place.</summary>
    public Task ReplyAsync(Exchange exchange)
    {
        if (Status == 0)
        {
            exchange.Flags |= Flags;
            exchange.Details = "downstream_remote_disconnect";
            return Task.CompletedTask;
        }

        exchange.IsOverloaded = Kind == UpstreamFailureKind.Overflow;
        return LocalReply.SendAsync(exchange, Status, Body(exchange), Flags, Details);
    }

    private string Details => Kind switch
    {
        UpstreamFailureKind.Timeout => "response_timeout",
        UpstreamFailureKind.PerTryTimeout => "upstream_per_try_timeout",
        UpstreamFailureKind.CallerError => "http1.codec_error",
        UpstreamFailureKind.NoHealthyUpstream => "no_healthy_upstream",
        _ => $"upstream_reset_before_response_started{{{Reason.Replace(' ', '_')}}}",
    };

    private string Body(Exchange exchange) => Kind switch
    {
        UpstreamFailureKind.Timeout or UpstreamFailureKind.PerTryTimeout => "upstream request timeout",
        UpstreamFailureKind.CallerError => "Bad Request",
        UpstreamFailureKind.NoHealthyUpstream => "no healthy upstream",
        _ when exchange.Attempts > 1 =>
            $"upstream connect error or disconnect/reset before headers. retried and the latest reset reason: {Reason}",
        _ => $"upstream connect error or disconnect/reset before headers. reset reason: {Reason}",
    };
}
