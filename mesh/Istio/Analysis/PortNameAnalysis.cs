using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Names;
using Bookinfo.Mesh.Istio.Problems;

namespace Bookinfo.Mesh.Istio.Analysis;

/// <summary>
/// Ports of Services whose name does not say a protocol: Istio then guesses it from the first bytes
/// (<c>analyzers/service/portname.go</c>, <c>pkg/config/kube/conversion.go: ConvertProtocol</c>).
/// </summary>
internal static class PortNameAnalysis
{
    private const string ManagedBy = "gateway.istio.io/managed";
    private const string ExternalName = "ExternalName";

    private static readonly string[] SystemNamespaces = ["kube-system", "kube-public", "istio-system"];

    public static IEnumerable<Problem> Analyze(AnalysisScope scope) => scope.Known.Objects.Services
        .Where(service => !IsOfTheSystem(service))
        .SelectMany(service => service.Ports, (service, port) => (Service: service, Port: port))
        .Where(each => !SaysProtocol(each.Port) || (each.Port.Name == "tcp" && each.Service.Type == ExternalName))
        .Select(each => Problem(each.Service, each.Port));

    private static bool IsOfTheSystem(KubernetesService service) => SystemNamespaces.Contains(service.Namespace)
        || service.Labels.ContainsKey("istio") || service.Labels.GetValueOrDefault("release") == "istio"
        || service.Labels.ContainsKey(ManagedBy);

    private static bool SaysProtocol(KubernetesServicePort port) =>
        PortProtocols.Of(port.Port, port.Name, port.Protocol, port.AppProtocol).Length > 0;

    private static Problem Problem(KubernetesService service, KubernetesServicePort port)
    {
        var type = service.Type == ExternalName ? MessageTypes.ExternalNameServiceTypeInvalidPortName
            : MessageTypes.PortNameIsNotUnderNamingConvention;
        var path = $"spec.ports[{port.Index}]";
        var place = service.Source.Find(path);
        var name = string.IsNullOrEmpty(port.Name) ? "has no name" : $"is called {port.Name}";
        var consequence = service.Type == ExternalName ? "Istio routes it as TCP" : "Istio guesses its protocol from the first bytes";
        return new Problem(type.Severity, service.Source.File, place.Line, place.Column,
            $"Service/{service.Namespace}/{service.Name} {path}", $"port {port.Port} {name}: {consequence}",
            "call it http, http2, grpc or tcp, or one of these with a hyphen and more, or set appProtocol")
        {
            Type = type,
        };
    }
}
