using Bookinfo.Mesh.Proxy.Pipeline;

namespace Bookinfo.Mesh.Proxy.Routing;

/// <summary>What becomes of a request once its route is found and no fault has answered it.</summary>
internal interface IRouteAction
{
    Task ExecuteAsync(Exchange exchange);
}
