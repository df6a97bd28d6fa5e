using Bookinfo.Mesh.Proxy.Requests;

namespace Bookinfo.Mesh.Proxy.Routing;

/// <summary>What becomes of a request once its route is found and no fault has answered it.</summary>
internal interface IRouteAction
{
    /// <summary>Chooses the destination: Envoy's router does so with the route, before any filter, so that a fault on purpose is counted for the right one.</summary>
    void Choose(Exchange exchange)
    {
    }

    Task ExecuteAsync(Exchange exchange);
}
