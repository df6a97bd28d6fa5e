using Bookinfo.Mesh.Istio.GatewayApi;

namespace Bookinfo.Mesh.GatewayApi.Parents;

/// <summary>A listener that routes can be attached to, with the Gateway of Istio's that stands for it (<c>conversion.go: parentInfo</c>).
/// </summary>
/// <param name="Key">The Gateway or ListenerSet that has it.</param>
/// <param name="Listener">The listener.</param>
/// <param name="GatewayName">The name of Istio's Gateway that was made of it, <c>namespace/name</c>.</param>
/// <param name="Hosts">What it serves, each as <c>namespace/host</c>.</param>
/// <param name="Kinds">The kinds of routes that may be attached.</param>
internal sealed record ParentListener(
    ParentKey Key, Listener Listener, string GatewayName, IReadOnlyList<string> Hosts, IReadOnlyList<string> Kinds)
{
    /// <summary>Its host; empty for all.</summary>
    public string Hostname => Listener.Hostname ?? "";
}
