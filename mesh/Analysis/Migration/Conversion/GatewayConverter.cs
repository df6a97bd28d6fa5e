using System.Globalization;
using Bookinfo.Mesh.Analysis.Migration.Findings;
using Bookinfo.Mesh.Istio.Model;
using Api = Bookinfo.Mesh.Istio.GatewayApi;

namespace Bookinfo.Mesh.Analysis.Migration.Conversion;

/// <summary>Makes a Gateway of the Gateway API of one of Istio's: a listener for each port and host.</summary>
internal static class GatewayConverter
{
    private const string NameLabel = "kubernetes.io/metadata.name";

    public static Api.Gateway Convert(Gateway gateway, FindingList findings)
    {
        if (gateway.Selector.Count > 0)
        {
            findings.Note(gateway, "spec.selector",
                "the Gateway does not use the pods that are selected here: Istio starts pods and a Service of its own for it",
                $"lead callers to the Service {gateway.Name}-istio");
        }

        var listeners = new List<Api.Listener>();
        foreach (var server in gateway.Servers)
        {
            foreach (var host in server.Hosts)
            {
                var slash = host.IndexOf('/', StringComparison.Ordinal);
                var hostname = host[(slash + 1)..];
                listeners.Add(new Api.Listener
                {
                    Name = NameOf(server, listeners),
                    Hostname = hostname == "*" ? null : hostname,
                    Port = server.Port.Number,
                    Protocol = "HTTP",
                    AllowedRoutes = new Api.AllowedRoutes { Namespaces = Allowed(slash < 0 ? "*" : host[..slash], gateway) },
                });
            }
        }

        return new Api.Gateway
        {
            Metadata = new Metadata
            {
                Name = gateway.Name,
                Namespace = gateway.Metadata.Namespace,
                Labels = gateway.Metadata.Labels,
            },
            GatewayClassName = "istio",
            Listeners = listeners,
        };
    }

    private static Api.RouteNamespaces Allowed(string space, Gateway gateway) =>
        space == "*" ? new Api.RouteNamespaces { From = Api.FromNamespaces.All }
        : space == "." || space == gateway.Namespace ? new Api.RouteNamespaces { From = Api.FromNamespaces.Same }
        : new Api.RouteNamespaces
        {
            From = Api.FromNamespaces.Selector,
            Selector = new Api.LabelSelector { MatchLabels = new Dictionary<string, string> { [NameLabel] = space } },
        };

    /// <summary>The port's name, with a number behind it where it is taken.</summary>
    private static string NameOf(Server server, List<Api.Listener> listeners)
    {
        var name = server.Port.Name.ToLowerInvariant();
        return Enumerable.Range(1, listeners.Count + 1)
            .Select(i => i == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}-{i}"))
            .First(free => listeners.TrueForAll(listener => listener.Name != free));
    }
}
