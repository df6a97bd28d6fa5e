using System.Text.RegularExpressions;

namespace Bookinfo.Cluster.Settings;

/// <summary>Which mesh carries the calls between the services.</summary>
public enum MeshKind
{
    /// <summary>None: calls go to the Service, retries are the application's.</summary>
    None,

    /// <summary>Istio with sidecars.</summary>
    Istio,

    /// <summary>Linkerd, split by Gateway API routes.</summary>
    Linkerd,
}

/// <summary>The mesh, and where its own parts are.</summary>
public sealed partial record MeshSettings
{
    /// <summary>Which mesh.</summary>
    public required MeshKind Kind { get; init; }

    /// <summary>Whether this program installs Istio, too.</summary>
    public required bool Install { get; init; }

    /// <summary>The version of Istio's charts.</summary>
    public required string Version { get; init; }

    /// <summary>
    /// Registry and path of Istio's images, before <c>/pilot</c>, <c>/proxyv2</c> and <c>/install-cni</c>: the project's own, or a mirror
    /// of it.
    /// </summary>
    public required string Hub { get; init; }

    /// <summary>
    /// Whether the mesh's CNI plugin redirects the traffic. Without it an init container with NET_ADMIN does, which Pod Security
    /// "restricted" and "baseline" both refuse, so that the namespace can then only warn.
    /// </summary>
    public required bool Cni { get; init; }

    /// <summary>The platform that Istio's charts are told of (<c>gke</c>, <c>k3d</c> ...), or null.</summary>
    public string? Platform { get; init; }

    /// <summary>The namespace of the control plane.</summary>
    public required string Namespace { get; init; }

    /// <summary>The namespace of Istio's ingress gateway.</summary>
    public required string GatewayNamespace { get; init; }

    /// <summary>The name of the ingress gateway: of its Service, its Deployment and its ServiceAccount.</summary>
    public required string GatewayName { get; init; }

    /// <summary>How the ingress gateway's Service is reached: <c>LoadBalancer</c>, <c>NodePort</c> or <c>ClusterIP</c>.</summary>
    public required string GatewayServiceType { get; init; }

    /// <summary>The gateway's port on every node, where its Service is a NodePort.</summary>
    public required int GatewayNodePort { get; init; }

    /// <summary>The gateway's port for TLS on every node, where its Service is a NodePort.</summary>
    public required int GatewayTlsNodePort { get; init; }

    /// <summary>The trust domain of the workloads' identities.</summary>
    public required string TrustDomain { get; init; }

    /// <summary>Rule files on top of the base and of all-v1.yaml: names of the demo's rules, or paths.</summary>
    public required IReadOnlyList<string> Rules { get; init; }

    /// <summary>Whether that mesh is in use.</summary>
    public bool IsIstio => Kind == MeshKind.Istio;

    /// <summary>Whether that mesh is in use.</summary>
    public bool IsLinkerd => Kind == MeshKind.Linkerd;

    internal static MeshSettings Read(SettingsReader reader)
    {
        var settings = new MeshSettings
        {
            Kind = reader.Choice("mesh:kind", MeshKind.None, new Dictionary<string, MeshKind>
            {
                ["none"] = MeshKind.None,
                ["istio"] = MeshKind.Istio,
                ["linkerd"] = MeshKind.Linkerd,
            }),
            Install = reader.Flag("mesh:install", false),
            Version = reader.Matching("mesh:version", "1.31.1", VersionText().IsMatch,
                "write the whole version of Istio's charts, such as 1.31.1"),
            Hub = reader.Matching("mesh:hub", "docker.io/istio", Syntax.IsRepository,
                "write registry and path in lower case without a tag, such as docker.io/istio"),
            Cni = reader.Flag("mesh:cni", true),
            Platform = ReadPlatform(reader),
            Namespace = "",
            GatewayNamespace = reader.Namespace("mesh:gatewayNamespace", "istio-ingress"),
            GatewayName = reader.Matching(
                "mesh:gatewayName", "istio-ingressgateway", Syntax.IsServiceName,
                    "write the name of a Service: lower-case letters, digits and hyphens, a letter first, at most 63"),
            GatewayServiceType = reader.Choice("mesh:gatewayServiceType", "LoadBalancer", ServiceTypes),
            GatewayNodePort = reader.Whole("mesh:gatewayNodePort", 30081, 30000, 32767),
            GatewayTlsNodePort = reader.Whole("mesh:gatewayTlsNodePort", 30082, 30000, 32767),
            TrustDomain = reader.Matching(
                "mesh:trustDomain", "cluster.local", Syntax.IsTrustDomain,
                    "write lower-case letters, digits, dots, hyphens and underscores, such as cluster.local"),
            Rules = reader.List("mesh:rules"),
        };
        settings = settings with { Namespace = reader.Namespace("mesh:namespace", settings.IsLinkerd ? "linkerd" : "istio-system") };
        settings.Check(reader);
        return settings;
    }

    private static string? ReadPlatform(SettingsReader reader)
    {
        if (reader.Text("mesh:platform") is not "openshift")
        {
            return reader.Has("mesh:platform") ? reader.Choice("mesh:platform", "", Platforms) : null;
        }

        reader.Wrong(
            "mesh:platform is \"openshift\", where this program does not run: OpenShift gives pods user IDs of its own and answers DNS on "
            + "port 5353 "
            + "of openshift-dns, and the pods and NetworkPolicies here say otherwise. Write one of " + string.Join(", ", Platforms.Keys));
        return null;
    }

    private void Check(SettingsReader reader)
    {
        if (Install && !IsIstio)
        {
            reader.Wrong(
                "mesh:install is true, but Istio is the only mesh that this program installs: set mesh:kind istio, or install Linkerd "
                + "with its own tools first");
        }

        if (Rules.Count > 0 && !IsIstio)
        {
            reader.Wrong("mesh:rules names Istio's rules, so it needs mesh:kind istio");
        }
    }

    // What the charts know (istio manifests/charts/*/files/profile-platform-*.yaml). OpenShift is one of them, but not one of ours.
    private static readonly Dictionary<string, string> Platforms =
        new[] { "gke", "k3d", "k3s", "microk8s", "minikube" }.ToDictionary(platform => platform);

    private static readonly Dictionary<string, string> ServiceTypes = new()
    {
        ["LoadBalancer"] = "LoadBalancer",
        ["NodePort"] = "NodePort",
        ["ClusterIP"] = "ClusterIP",
    };

    [GeneratedRegex(@"^[0-9]+\.[0-9]+\.[0-9]+(-[a-z0-9.]+)?\z")]
    private static partial Regex VersionText();
}
