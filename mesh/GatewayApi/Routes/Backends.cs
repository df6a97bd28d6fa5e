using System.Globalization;
using Bookinfo.Mesh.GatewayApi.Parents;
using Bookinfo.Mesh.Istio.Model;
using Api = Bookinfo.Mesh.Istio.GatewayApi;

namespace Bookinfo.Mesh.GatewayApi.Routes;

/// <summary>
/// Turns backends into destinations (<c>conversion.go: buildDestination</c>). One that does not exist or may not be named becomes a
/// destination that does not exist, whose share of the requests is answered 500.
/// </summary>
internal sealed class Backends(ReferenceGrants grants, IReadOnlyList<ServiceEntry> serviceEntries, ClusterFacts facts)
{
    /// <summary>A destination that no cluster has.</summary>
    private static readonly Destination Nowhere = new() { Host = "" };

    /// <param name="backend">The backend.</param>
    /// <param name="route">The route that names it.</param>
    /// <param name="path">Where it stands in the route.</param>
    /// <param name="isMesh">Whether the route is for calls inside the mesh, where Istio asks for no ReferenceGrant.</param>
    /// <param name="refusal">What is wrong with it; null for nothing.</param>
    public Destination Resolve(Api.BackendObjectReference backend, Api.RouteResource route, string path, bool isMesh,
        out Refusal? refusal)
    {
        var group = backend.Group ?? "";
        var kind = backend.Kind ?? "Service";
        if (!isMesh && backend.Namespace is { } named && named != route.Namespace
            && !grants.Allow(route, group, kind, named, backend.Name))
        {
            refusal = new Refusal("RefNotPermitted", $"backendRef {backend.Name}/{named} not accessible to a {route.Kind} in namespace "
                + $"\"{route.Namespace}\" (missing a ReferenceGrant?)")
            { Path = path };
            return Nowhere;
        }

        var @namespace = backend.Namespace ?? route.Namespace;
        refusal = null;
        switch (group, kind)
        {
            case ("", "Service"):
                var host = $"{backend.Name}.{@namespace}.svc.{facts.ClusterDomain}";
                refusal = facts.Services.Contains((@namespace, backend.Name)) ? null : NotFound(host, path);
                return new Destination { Host = host, Port = backend.Port };
            case ("networking.istio.io", "Hostname"):
                refusal = IsKnown(backend.Name) ? null : NotFound(backend.Name, path);
                return new Destination { Host = backend.Name, Port = backend.Port };
            default:
                refusal = new Refusal("InvalidKind", string.Create(CultureInfo.InvariantCulture,
                    $"referencing unsupported backendRef: group \"{group}\" kind \"{kind}\""))
                { Path = path };
                return Nowhere;
        }
    }

    private static Refusal NotFound(string host, string path) => new("BackendNotFound", $"backend({host}) not found") { Path = path };

    private bool IsKnown(string host) =>
        serviceEntries.Any(entry => entry.Hosts.Contains(host))
        || facts.Services.Any(service => $"{service.Name}.{service.Namespace}.svc.{facts.ClusterDomain}" == host);
}
