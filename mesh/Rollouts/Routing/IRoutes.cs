using Bookinfo.Mesh.Rollouts.Model;

namespace Bookinfo.Mesh.Rollouts.Routing;

/// <summary>The rules that a canary changes. Each call puts its change in force, all or nothing.</summary>
public interface IRoutes
{
    /// <summary>Gives the canary a share of the traffic.</summary>
    /// <param name="percent">0 to 100.</param>
    /// <exception cref="RoutingException">The rules leave no way to do it.</exception>
    void SetWeight(int percent);

    /// <summary>Sends requests with a header to the canary, or takes that route away.</summary>
    /// <exception cref="RoutingException">The rules leave no way to do it.</exception>
    void SetHeaderRoute(SetHeaderRouteStep route);

    /// <summary>Copies requests to the canary, or takes that route away.</summary>
    /// <exception cref="RoutingException">The rules leave no way to do it.</exception>
    void SetMirrorRoute(SetMirrorRouteStep route);

    /// <summary>Takes the canary's traffic and the routes of its steps away, in one change.</summary>
    /// <exception cref="RoutingException">The rules leave no way to do it.</exception>
    void RollBack();

    /// <summary>Makes the canary the stable release, with all the traffic and without routes of steps, in one change.</summary>
    /// <exception cref="RoutingException">The rules leave no way to do it.</exception>
    void Promote();
}
