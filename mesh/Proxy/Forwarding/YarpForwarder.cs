using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Forwarder;

namespace Bookinfo.Mesh.Proxy.Forwarding;

/// <summary>YARP's forwarder alone, without its routes, clusters and middleware.</summary>
internal static class YarpForwarder
{
    public static IHttpForwarder Create(TimeProvider time, ILoggerFactory loggers)
    {
        var services = new ServiceCollection();
        services.AddSingleton(time);
        services.AddSingleton(loggers);
        services.AddSingleton(typeof(ILogger<>), typeof(Logger<>));
        services.AddHttpForwarder();
        return services.BuildServiceProvider().GetRequiredService<IHttpForwarder>();
    }
}
