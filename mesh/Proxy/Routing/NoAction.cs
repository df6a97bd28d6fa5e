using Bookinfo.Mesh.Proxy.Requests;

namespace Bookinfo.Mesh.Proxy.Routing;

/// <summary>Stands in for the action of a route that could not be compiled; such a rule set never comes into force.</summary>
internal sealed class NoAction : IRouteAction
{
    public static NoAction Instance { get; } = new();

    public Task ExecuteAsync(Exchange exchange) => throw new InvalidOperationException("A route that was not compiled cannot be taken.");
}
