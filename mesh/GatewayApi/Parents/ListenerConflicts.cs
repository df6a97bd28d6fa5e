using Bookinfo.Mesh.Istio.GatewayApi;
using Gateway = Bookinfo.Mesh.Istio.GatewayApi.Gateway;

namespace Bookinfo.Mesh.GatewayApi.Parents;

/// <summary>
/// Which listeners of a Gateway and its ListenerSets get in the way of one before them. The Gateway's own come first, then those of the
/// older ListenerSets, then by name (<c>gatewaycommon/listener_conflict.go: ComputeGatewayListenerConflicts</c>).
/// </summary>
internal sealed class ListenerConflicts
{
    private readonly Dictionary<Listener, Refusal> _byListener = new(ReferenceEqualityComparer.Instance);

    /// <param name="gateway">The Gateway.</param>
    /// <param name="sets">Its ListenerSets that are allowed.</param>
    public ListenerConflicts(Gateway gateway, IEnumerable<ListenerSet> sets)
    {
        var accepted = new List<Listener>();
        var ordered = sets.OrderBy(set => set, RouteOrder.Instance).SelectMany(set => set.Listeners);
        foreach (var listener in gateway.Listeners.Concat(ordered))
        {
            if (accepted.Find(prior => !AreDistinct(prior, listener)) is { } prior)
            {
                _byListener[listener] = new Refusal(
                    prior.Protocol == listener.Protocol ? "HostnameConflict" : "ProtocolConflict",
                    "Listener has a conflict with another listener attached to the same Gateway");
            }
            else
            {
                accepted.Add(listener);
            }
        }
    }

    /// <summary>What is in the listener's way; null where nothing is.</summary>
    public Refusal? Of(Listener listener) => _byListener.GetValueOrDefault(listener);

    private static bool AreDistinct(Listener one, Listener other) =>
        one.Port != other.Port || (one.Hostname ?? "*") != (other.Hostname ?? "*");
}
