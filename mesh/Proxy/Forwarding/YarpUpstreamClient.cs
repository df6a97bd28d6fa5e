using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Forwarder;

namespace Bookinfo.Mesh.Proxy.Forwarding;

/// <summary>Sends by YARP's forwarder, without YARP's routes, clusters and middleware.</summary>
internal sealed class YarpUpstreamClient(IHttpForwarder forwarder) : IUpstreamClient
{
    // The mesh's time-outs are Istio's; YARP's for idle requests would add one that no rule asks for.
    private static readonly ForwarderRequestConfig Http1 = new()
    {
        ActivityTimeout = Timeout.InfiniteTimeSpan,
        Version = HttpVersion.Version11,
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };

    private static readonly ForwarderRequestConfig Http2 = Http1 with { Version = HttpVersion.Version20 };

    public static YarpUpstreamClient Create(TimeProvider time, ILoggerFactory loggers)
    {
        var services = new ServiceCollection();
        services.AddSingleton(time);
        services.AddSingleton(loggers);
        services.AddSingleton(typeof(ILogger<>), typeof(Logger<>));
        services.AddHttpForwarder();
        return new YarpUpstreamClient(services.BuildServiceProvider().GetRequiredService<IHttpForwarder>());
    }

    public async Task<UpstreamFailure?> SendAsync(UpstreamAttempt attempt, CancellationToken cancellationToken)
    {
        var context = attempt.Exchange.Context;
        var error = await forwarder.SendAsync(
            context, attempt.Host.Prefix, attempt.Connections.Invoker, attempt.UsesHttp2 ? Http2 : Http1, new YarpTransform(attempt),
                cancellationToken);
        return error switch
        {
            ForwarderError.None => null,
            ForwarderError.RequestBodyClient => UpstreamFailure.CallerError,
            ForwarderError.ResponseBodyClient or ForwarderError.UpgradeRequestClient or ForwarderError.UpgradeResponseClient =>
                UpstreamFailure.CallerGone,
            ForwarderError.RequestTimedOut => UpstreamFailure.ConnectTimeout,
            _ => UpstreamFailure.From(context.Features.Get<IForwarderErrorFeature>()?.Exception),
        };
    }
}
