using System.Globalization;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Yaml;

namespace Bookinfo.Mesh.Istio.Reading;

/// <summary>
/// Learns from Kubernetes objects what the analysis of rules asks for. What is malformed teaches nothing: objects are the API server's to
/// judge.
/// </summary>
internal sealed class KubernetesObjectReader
{
    private const string ExportTo = "networking.istio.io/exportTo";

    /// <summary>Kinds of Flux, Argo CD, K3s and Istio that stand for objects which a controller makes.</summary>
    private static readonly string[] Generators =
    [
        "helm.toolkit.fluxcd.io/HelmRelease", "kustomize.toolkit.fluxcd.io/Kustomization", "argoproj.io/Application",
        "argoproj.io/ApplicationSet", "helm.cattle.io/HelmChart", "install.istio.io/IstioOperator", "sailoperator.io/Istio",
    ];

    private readonly List<KubernetesService> _services = [];
    private readonly List<KubernetesWorkload> _workloads = [];
    private readonly List<KubernetesGateway> _gateways = [];
    private readonly List<string> _namespaces = [];
    private readonly List<KubernetesRequestAuthentication> _authentications = [];

    private bool _isPartial;

    public KubernetesObjects ToObjects() =>
        _services.Count + _workloads.Count + _gateways.Count + _namespaces.Count + _authentications.Count == 0 && !_isPartial
            ? KubernetesObjects.Empty
            : new KubernetesObjects(_services, _workloads, _gateways, _namespaces)
            {
                IsPartial = _isPartial,
                RequestAuthentications = _authentications,
            };

    /// <summary>Reads an object of any kind but the mesh's own.</summary>
    public void Read(string apiVersion, string kind, YamlMapping document, string file, NamespaceChoice namespaces)
    {
        var metadata = Mapping(document, "metadata");
        _isPartial |= Generators.Contains($"{apiVersion.Split('/')[0]}/{kind}");
        var (name, space) = (Text(metadata, "name"), namespaces.Of(Text(metadata, "namespace")) ?? Resource.DefaultNamespace);
        var spec = Mapping(document, "spec");
        if (name is null)
        {
            return;
        }

        switch (kind)
        {
            case "Namespace":
                _namespaces.Add(name);
                break;
            case "Service" when apiVersion == "v1":
                _services.Add(new KubernetesService(space, name, Ports(spec), Texts(Mapping(spec, "selector")), Scopes(metadata))
                {
                    Type = Text(spec, "type"),
                    Labels = Texts(Mapping(metadata, "labels")),
                    Source = new YamlSourceMap(file, document),
                });
                break;
            case "RequestAuthentication" when apiVersion.StartsWith("security.istio.io/", StringComparison.Ordinal):
                _authentications.Add(new KubernetesRequestAuthentication(
                    space, Texts(Mapping(Mapping(spec, "selector"), "matchLabels"))));
                break;
            case "Gateway" when apiVersion.StartsWith("gateway.networking.k8s.io/", StringComparison.Ordinal):
                _gateways.Add(new KubernetesGateway(space, name, Listeners(spec)));
                break;
            case "Pod":
                _workloads.Add(new KubernetesWorkload(space, name, Texts(Mapping(metadata, "labels"))));
                break;
            default:
                if (Mapping(Mapping(spec, "template"), "metadata") is { } template)
                {
                    _workloads.Add(new KubernetesWorkload(space, name, Texts(Mapping(template, "labels"))));
                }

                break;
        }
    }

    private static List<KubernetesServicePort> Ports(YamlMapping? spec) =>
    [
        .. Items(spec, "ports").Select((port, i) => Number(port, "port") is not { } number ? null
            : new KubernetesServicePort(
                number, Number(port, "targetPort"), Text(port, "protocol") ?? "TCP", Text(port, "name"))
            {
                AppProtocol = Text(port, "appProtocol"),
                Index = i,
            }).OfType<KubernetesServicePort>(),
    ];

    private static List<string> Listeners(YamlMapping? spec) =>
        [.. Items(spec, "listeners").Select(listener => Text(listener, "hostname") is { Length: > 0 } host ? host : "*")];

    private static List<string> Scopes(YamlMapping? metadata) =>
        Text(Mapping(metadata, "annotations"), ExportTo) is { Length: > 0 } scopes ? [.. scopes.Split(',', StringSplitOptions.TrimEntries)]
            : [];

    private static IEnumerable<YamlMapping> Items(YamlMapping? owner, string name) =>
        owner?.Find(name)?.Value is YamlSequence list ? list.Items.OfType<YamlMapping>() : [];

    private static Dictionary<string, string> Texts(YamlMapping? mapping) => (mapping?.Entries ?? [])
        .Where(entry => entry.Value is YamlScalar)
        .DistinctBy(entry => entry.Key.Value)
        .ToDictionary(entry => entry.Key.Value, entry => ((YamlScalar)entry.Value).Value, StringComparer.Ordinal);

    private static YamlMapping? Mapping(YamlMapping? owner, string name) => owner?.Find(name)?.Value as YamlMapping;

    private static string? Text(YamlMapping? owner, string name) =>
        owner?.Find(name)?.Value is YamlScalar { Kind: not YamlScalarKind.Null } scalar ? scalar.Value : null;

    private static int? Number(YamlMapping owner, string name) =>
        int.TryParse(Text(owner, name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
