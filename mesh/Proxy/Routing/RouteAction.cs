namespace Bookinfo.Mesh.Proxy.Routing;

/// <summary>
/// What becomes of a request once its route is found and no fault has answered it. Actions are data: the pipeline carries them out.
/// </summary>
internal abstract class RouteAction
{
    /// <summary>Stands in for the action of a route that could not be compiled; such a rule set never comes into force.</summary>
    public static RouteAction None { get; } = new NotCompiled();

    private sealed class NotCompiled : RouteAction;
}
