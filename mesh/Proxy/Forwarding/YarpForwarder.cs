using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Yarp.ReverseProxy.Forwarder;

namespace Bookinfo.Mesh.Proxy.Forwarding;

/// <summary>YARP's forwarder alone, without its routes, clusters and middleware.</summary>
internal static class YarpForwarder
{
    public static IHttpForwarder Create(TimeProvider time)
    {
        var services = new ServiceCollection();
        services.AddSingleton(time);
        services.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance);
        services.AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        services.AddHttpForwarder();
        return services.BuildServiceProvider().GetRequiredService<IHttpForwarder>();
    }
}
