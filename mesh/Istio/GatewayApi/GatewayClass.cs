using Bookinfo.Mesh.Istio.Model;

namespace Bookinfo.Mesh.Istio.GatewayApi;

/// <summary>Whose the Gateways of a class are (<c>apis/v1/gatewayclass_types.go: GatewayClass</c>).</summary>
public sealed record GatewayClass : GatewayApiResource
{
    /// <summary>The controller of Istio's own class, <c>istio</c>, which is there without a resource.</summary>
    public const string IstioController = "istio.io/gateway-controller";

    /// <summary>
    /// Classes that are there without a resource (<c>pilot/pkg/config/kube/gatewaycommon/classinfo.go</c>). The mesh serves the first; the
    /// others are for another cluster and for ambient mode.
    /// </summary>
    private static readonly string[] BuiltIn = ["istio", "istio-remote", "istio-waypoint", "istio-east-west"];

    /// <inheritdoc/>
    public override string Kind => "GatewayClass";

    /// <summary>The controller that serves its Gateways; the mesh stands for <see cref="IstioController"/>.</summary>
    public required string ControllerName { get; init; }

    /// <summary>Whether a class is Istio's: one that is built in, or one whose resource names a controller of Istio's.</summary>
    /// <param name="name">The class.</param>
    /// <param name="classes">The GatewayClasses there are.</param>
    public static bool IsIstios(string name, IEnumerable<GatewayClass> classes) =>
        classes.LastOrDefault(each => each.Name == name) is { } known
            ? known.ControllerName.StartsWith("istio.io/", StringComparison.Ordinal)
            : BuiltIn.Contains(name);

    /// <summary>A description for people.</summary>
    public string? Description { get; init; }
}
