using Bookinfo.Mesh.Rollouts.Model;
using Bookinfo.Mesh.Rollouts.Routing;

namespace Bookinfo.Tests.Rollouts.Control;

/// <summary>Writes down what a canary asks of the rules.</summary>
internal sealed class RecordedRoutes : IRoutes
{
    public List<string> Asked { get; } = [];

    /// <summary>What is thrown by each call; null for nothing.</summary>
    public string? Refusal { get; set; }

    public void SetWeight(int percent) => Record($"{percent}");

    public void SetHeaderRoute(SetHeaderRouteStep route) => Record($"header {route.Name}");

    public void SetMirrorRoute(SetMirrorRouteStep route) => Record($"mirror {route.Name}");

    public void RollBack() => Record("back");

    public void Promote() => Record("promoted");

    private void Record(string what)
    {
        if (Refusal is not null)
        {
            throw new RoutingException(Refusal);
        }

        Asked.Add(what);
    }
}
