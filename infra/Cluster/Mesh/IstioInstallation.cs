using Bookinfo.Cluster.Resources;
using Bookinfo.Cluster.Settings;
using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Helm.V3;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Helm.V3;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;

namespace Bookinfo.Cluster.Mesh;

/// <summary>
/// Istio by its own charts at one pinned version, one after the other: the CRDs (base), the control plane (istiod), the node agent (cni),
/// the ingress gateway. Each waits until the one before it is ready.
/// </summary>
internal sealed class IstioInstallation : ComponentResource
{
    // The project's own address: those at Google Cloud end in December 2026 (istio.io, blog/2026/retirement-of-gcp).
    private const string Charts = "https://blob.istio.io/istio-release/charts";

    private readonly MeshSettings _mesh;

    public IstioInstallation(ClusterSettings settings)
        : base("bookinfo:cluster:Istio", "istio")
    {
        _mesh = settings.Mesh;
        // The node agent works on the node's own network: what Pod Security calls privileged.
        var system = Space(_mesh.Namespace, "privileged");
        var basis = Chart("istio-base", "base", _mesh.Namespace, IstioValues.Base(_mesh), system);
        var istiod = Chart("istiod", "istiod", _mesh.Namespace, IstioValues.Istiod(settings), basis);
        var control = _mesh.Cni ? Chart("istio-cni", "cni", _mesh.Namespace, IstioValues.Cni(_mesh), istiod) : istiod;
        Ready = [istiod, control];
        if (settings.Exposure.Has(ExposureKind.IstioGateway))
        {
            var space = Space(_mesh.GatewayNamespace, "baseline");
            Gateway = Chart(_mesh.GatewayName, "gateway", _mesh.GatewayNamespace, IstioValues.Gateway(settings), control, space);
        }

        RegisterOutputs(new Dictionary<string, object?> { ["version"] = _mesh.Version });
    }

    /// <summary>The control plane: before it is ready pods get no sidecar, and rules no check.</summary>
    public IReadOnlyList<Resource> Ready { get; }

    /// <summary>The ingress gateway, or null where none was asked for.</summary>
    public Release? Gateway { get; }

    private Namespace Space(string name, string podSecurity) => new(name, new NamespaceArgs
    {
        Metadata = new ObjectMetaArgs { Name = name, Labels = { ["pod-security.kubernetes.io/enforce"] = podSecurity } },
    }, ChildOptions.Of(this));

    private Release Chart(string name, string chart, string space, InputMap<object> values, params Resource[] after) =>
        new(name, new ReleaseArgs
        {
            Name = name,
            Chart = chart,
            Version = _mesh.Version,
            Namespace = space,
            RepositoryOpts = new RepositoryOptsArgs { Repo = Charts },
            Values = values,
            Timeout = 600,
        }, ChildOptions.Of(this, after).ReplacedWith("values.service.loadBalancerClass"));
}
