using Bookinfo.Mesh.Proxy.Pipeline;
using Bookinfo.Mesh.Proxy.Telemetry;
using Yarp.ReverseProxy.Forwarder;

namespace Bookinfo.Mesh.Proxy.Forwarding;

/// <summary>Why a try brought no answer, in Envoy's words (<c>source/common/router/router.cc: onUpstreamReset</c>).</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Flags">Its response flag.</param>
/// <param name="Status">The status the caller gets; 0 where there is nobody to get one.</param>
/// <param name="Reason">Envoy's reset reason.</param>
internal readonly record struct UpstreamFailure(UpstreamFailureKind Kind, ResponseFlags Flags, int Status, string Reason)
{
    public string Body => Kind == UpstreamFailureKind.Timeout
        ? "upstream request timeout"
        : $"upstream connect error or disconnect/reset before headers. reset reason: {Reason}";

    public string Details => Kind switch
    {
        UpstreamFailureKind.Timeout => "response_timeout",
        UpstreamFailureKind.CallerGone => "downstream_remote_disconnect",
        _ => $"upstream_reset_before_response_started{{{Reason.Replace(' ', '_')}}}",
    };

    public static UpstreamFailure From(Exchange exchange, ForwarderError error, bool timedOut)
    {
        if (exchange.Context.RequestAborted.IsCancellationRequested)
        {
            return new UpstreamFailure(UpstreamFailureKind.CallerGone, ResponseFlags.DownstreamConnectionTermination, 0, "");
        }

        if (timedOut)
        {
            return new UpstreamFailure(UpstreamFailureKind.Timeout, ResponseFlags.UpstreamRequestTimeout, 504, "");
        }

        if (error is ForwarderError.RequestBodyClient)
        {
            return new UpstreamFailure(UpstreamFailureKind.CallerError, ResponseFlags.DownstreamProtocolError, 400, "");
        }

        var exception = exchange.Context.Features.Get<IForwarderErrorFeature>()?.Exception;
        return error == ForwarderError.RequestTimedOut
            ? new UpstreamFailure(UpstreamFailureKind.Connect, ResponseFlags.UpstreamConnectionFailure, 503, "connection timeout")
            : From(exception);
    }

    private static UpstreamFailure From(Exception? exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError }:
                    return new UpstreamFailure(UpstreamFailureKind.Connect, ResponseFlags.UpstreamConnectionFailure, 503, "remote connection failure");
                case HttpProtocolException { ErrorCode: 7 }:
                    return new UpstreamFailure(UpstreamFailureKind.RefusedStream, ResponseFlags.UpstreamRemoteReset, 503, "remote refused stream reset");
                case HttpProtocolException:
                    return new UpstreamFailure(UpstreamFailureKind.Reset, ResponseFlags.UpstreamRemoteReset, 503, "remote reset");
                case HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded }:
                    return new UpstreamFailure(UpstreamFailureKind.Protocol, ResponseFlags.UpstreamProtocolError, 502, "protocol error");
                default:
                    continue;
            }
        }

        return new UpstreamFailure(UpstreamFailureKind.Termination, ResponseFlags.UpstreamConnectionTermination, 503, "connection termination");
    }
}
