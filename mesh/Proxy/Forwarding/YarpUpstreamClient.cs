using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Forwarder;

namespace Bookinfo.Mesh.Proxy.Forwarding;

/// <summary>Sends as HTTP/2 by YARP's forwarder, without YARP's routes, clusters and middleware.</summary>
internal sealed class YarpUpstreamClient(IHttpForwarder forwarder) : IUpstreamClient
{
    // The mesh's timeouts are Istio's; YARP's for idle requests would add one that no rule asks for.
    private static readonly ForwarderRequestConfig Http2 = new()
    {
        ActivityTimeout = Timeout.InfiniteTimeSpan,
        Version = HttpVersion.Version20,
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };

    public static YarpUpstreamClient Create(TimeProvider time, ILoggerFactory loggers)
    {
        var services = new ServiceCollection();
        services.AddSingleton(time);
        services.AddSingleton(loggers);
        services.AddSingleton(typeof(ILogger<>), typeof(Logger<>));
        services.AddHttpForwarder();
        return new YarpUpstreamClient(services.BuildServiceProvider().GetRequiredService<IHttpForwarder>());
    }

    public async ValueTask<UpstreamFailure?> SendAsync(UpstreamAttempt attempt, CancellationToken cancellationToken)
    {
        var context = attempt.Exchange.Context;
        var connections = attempt.Cluster.EnterHttp2();
        try
        {
            // HttpClient does not say when it has a connection.
            attempt.Begin();
            var error = await forwarder.SendAsync(
                context, attempt.Host.Prefix, connections.Invoker, Http2, new YarpTransform(attempt), cancellationToken);
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
        finally
        {
            connections.Leave();
        }
    }
}
