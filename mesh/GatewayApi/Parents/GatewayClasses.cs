using Bookinfo.Mesh.Istio.GatewayApi;

namespace Bookinfo.Mesh.GatewayApi.Parents;

/// <summary>
/// Which classes of Gateways are Istio's (<c>gatewaycommon/classinfo.go</c>): <c>istio</c>, which istiod makes by itself, and every
/// GatewayClass that names its controller. Gateways of other classes are left to others.
/// </summary>
internal sealed class GatewayClasses(IEnumerable<GatewayClass> classes)
{
    /// <summary>The class that is there without a resource.</summary>
    public const string BuiltIn = "istio";

    private readonly Dictionary<string, GatewayClass> _byName =
        classes.GroupBy(each => each.Name).ToDictionary(group => group.Key, group => group.Last());

    public bool IsIstios(string name) =>
        _byName.TryGetValue(name, out var known) ? IsIstios(known) : name == BuiltIn;

    public IEnumerable<GatewayApiStatus> Statuses() => _byName.Values.Where(IsIstios).Select(each => new GatewayApiStatus(each)
    {
        Conditions = [Fine.Condition(Condition.Accepted, "Accepted", "Handled by Istio controller")],
    });

    private static bool IsIstios(GatewayClass known) => known.ControllerName == GatewayClass.IstioController;
}
