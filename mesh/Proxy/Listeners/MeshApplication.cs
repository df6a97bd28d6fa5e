using Bookinfo.Mesh.Proxy.Pipeline;
using Bookinfo.Mesh.Proxy.Requests;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Abstractions;
using Microsoft.AspNetCore.Http.Features;

namespace Bookinfo.Mesh.Proxy.Listeners;

/// <summary>
/// What Kestrel calls for each request. There is no ASP.NET Core host between: no middleware, no service scope, no second context per
/// request.
/// </summary>
internal sealed class MeshApplication(RequestPipeline pipeline, TimeProvider time) : IHttpApplication<Exchange>
{
    public Exchange CreateContext(IFeatureCollection contextFeatures)
    {
        var (caller, isOverloaded) = contextFeatures.GetRequiredFeature<CallerFeature>();
        Exchange exchange;
        if (contextFeatures is IHostContextContainer<Exchange> container)
        {
            exchange = container.HostContext ??= new Exchange { Caller = caller };
            exchange.Caller = caller;
        }
        else
        {
            exchange = new Exchange { Caller = caller };
        }

        exchange.HasNoRoom = isOverloaded;
        exchange.Begin(contextFeatures, time.GetTimestamp());
        return exchange;
    }

    public Task ProcessRequestAsync(Exchange context) => pipeline.RunAsync(context);

    public void DisposeContext(Exchange context, Exception? exception)
    {
        try
        {
            pipeline.Complete(context);
        }
        finally
        {
            context.End();
        }
    }
}
