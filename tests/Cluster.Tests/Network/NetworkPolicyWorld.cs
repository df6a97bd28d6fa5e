using Bookinfo.Tests.Cluster.Support;

namespace Bookinfo.Tests.Cluster.Network;

/// <summary>
/// Says what a set of NetworkPolicies lets through, as the Kubernetes reference defines it: allowed out of the one and into the other.
/// </summary>
internal sealed class NetworkPolicyWorld(Observation stack)
{
    private readonly IReadOnlyList<Observed> _policies = stack.OfKind("NetworkPolicy");

    public bool Lets(IReadOnlyDictionary<string, string> from, IReadOnlyDictionary<string, string> to, int port) =>
        Allows("Egress", "egress", "to", from, new Peer(to, "bookinfo"), port)
            && Allows("Ingress", "ingress", "from", to, new Peer(from, "bookinfo"), port);

    public bool LetsIn(string fromNamespace, IReadOnlyDictionary<string, string> to, int port) =>
        Allows("Ingress", "ingress", "from", to, new Peer(new Dictionary<string, string>(), fromNamespace), port);

    public bool LetsOut(IReadOnlyDictionary<string, string> from, string toNamespace, int port, string protocol = "TCP") =>
        Allows("Egress", "egress", "to", from, new Peer(new Dictionary<string, string>(), toNamespace), port, protocol);

    private bool Allows(string type, string rules, string side, IReadOnlyDictionary<string, string> pod, Peer peer, int port,
        string protocol = "TCP")
    {
        var applying = _policies.Where(policy =>
            policy.Tree["spec"]["policyTypes"].Items.Any(one => one.Text == type) && Matches(policy.Tree["spec"]["podSelector"], pod))
                .ToList();
        return applying.Count == 0 || applying.SelectMany(policy => policy.Tree["spec"][rules].Items).Any(rule =>
            rule["ports"].Items.Any(one => one["port"].Number == port && one["protocol"].Text == protocol)
            && (rule[side].Items.Count == 0 || rule[side].Items.Any(one => Matches(one, peer))));
    }

    private static bool Matches(Tree rule, Peer peer) =>
        rule["namespaceSelector"].Exists ? rule["namespaceSelector"]["matchLabels"]["kubernetes.io/metadata.name"].Text == peer.Namespace
        : rule["podSelector"].Exists && peer.Namespace == "bookinfo" && Matches(rule["podSelector"], peer.Labels);

    private static bool Matches(Tree selector, IReadOnlyDictionary<string, string> labels) =>
        selector["matchLabels"].Texts.All(label => labels.TryGetValue(label.Key, out var value) && value == label.Value);

    private sealed record Peer(IReadOnlyDictionary<string, string> Labels, string Namespace);
}
