using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Problems;

namespace Bookinfo.Mesh.Istio.Analysis;

/// <summary>A destination with its place in a VirtualService.</summary>
/// <param name="Service">The VirtualService.</param>
/// <param name="Path">The destination's place in it.</param>
/// <param name="Value">The destination.</param>
/// <param name="IsRoute">Whether it is a route's, not a mirror's.</param>
internal sealed record DestinationReference(VirtualService Service, RulePath Path, Destination Value, bool IsRoute)
{
    /// <summary>
    /// The namespaces in which the destination is looked for (<c>analyzers/util/service_lookup.go: GetDestinationHost</c>).
    /// </summary>
    public IReadOnlyCollection<string> Namespaces { get; } =
        Service.ExportTo.Count == 0 ? [Service.Namespace] : [.. Visibility.Scopes(Service.ExportTo, Service.Namespace)];

    public static IEnumerable<DestinationReference> Of(VirtualService service)
    {
        for (var i = 0; i < service.Http.Count; i++)
        {
            var route = service.Http[i];
            var path = RulePath.Root.Field("spec").Field("http").Item(i);
            for (var j = 0; j < route.Route.Count; j++)
            {
                yield return new DestinationReference(service, path.Field("route").Item(j).Field("destination"),
                    route.Route[j].Destination, IsRoute: true);
            }

            if (route.Mirror is not null)
            {
                yield return new DestinationReference(service, path.Field("mirror"), route.Mirror, IsRoute: false);
            }

            for (var j = 0; j < route.Mirrors.Count; j++)
            {
                yield return new DestinationReference(service, path.Field("mirrors").Item(j).Field("destination"),
                    route.Mirrors[j].Destination, IsRoute: false);
            }
        }
    }

    public Problem Problem(MessageType type, string field, string message, string? suggestion = null) =>
        Service.Problem(type, Path.Field(field).ToString(), message, suggestion);
}
