using System.Globalization;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Problems;

namespace Bookinfo.Mesh.Istio.Analysis;

/// <summary>
/// Rules for HTTP that are meant for ports whose names say TCP. Sidecars have a listener for bytes there, without routes
/// (<c>pilot/pkg/networking/core/listener.go: buildSidecarOutboundListener</c>). A gateway speaks HTTP to them all the same.
/// </summary>
internal static class TcpPortAnalysis
{
    private const string Advice = "if it speaks HTTP, call the port http, http2 or grpc, or one of these with a hyphen and more";

    public static IEnumerable<Problem> Analyze(AnalysisScope scope) =>
        scope.Rules.VirtualServices.Where(HostAnalysis.IsForMesh).SelectMany(service => Routes(scope, service));

    private static IEnumerable<Problem> Routes(AnalysisScope scope, VirtualService service)
    {
        for (var i = 0; i < service.Hosts.Count && service.Http.Count > 0; i++)
        {
            if (scope.Service(scope.Full(service.Hosts[i], service)) is not { TcpPorts.Count: > 0 } host)
            {
                continue;
            }

            if (host.IsTcpOnly)
            {
                yield return service.Problem(MessageTypes.NoEffect, $"spec.hosts[{i}]",
                    $"{Ports(host)} of {service.Hosts[i]} is of TCP by its name: inside the mesh Istio forwards its bytes, and no rule for "
                    + "HTTP holds", Advice);
            }
            else if (service.Hosts.Count == 1)
            {
                foreach (var (path, port) in Matches(service).Where(match => host.TcpPorts.Contains(match.Port)))
                {
                    yield return service.Problem(MessageTypes.NoEffect, path,
                        string.Create(CultureInfo.InvariantCulture, $"port {port} of {service.Hosts[i]} is of TCP by its name: inside the ")
                        + "mesh this match takes no request", Advice);
                }
            }
        }
    }

    private static IEnumerable<(string Path, int Port)> Matches(VirtualService service) => service.Http.SelectMany((route, i) =>
        route.Match.Select((match, j) => (Path: $"spec.http[{i}].match[{j}].port", match.Port)))
        .Where(match => match.Port is not null).Select(match => (match.Path, match.Port!.Value));

    private static string Ports(KnownHost host) => host.TcpPorts.Count == 1
        ? string.Create(CultureInfo.InvariantCulture, $"port {host.TcpPorts.First()}")
        : "each port";
}
