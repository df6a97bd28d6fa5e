using System.Globalization;
using Bookinfo.Mesh.Analysis.Migration.Findings;
using Bookinfo.Mesh.Istio.Ingresses;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Proxy.Model;

namespace Bookinfo.Mesh.Analysis.Migration.Ingresses;

/// <summary>
/// What Ingresses mean to ingress-nginx, as VirtualServices and Gateways: the side that a migration is compared with. Prefixes are those
/// of the Gateway API, of whole segments.
/// </summary>
/// <param name="Before">All that they mean.</param>
/// <param name="ToConvert">The same without what cannot be written.</param>
/// <param name="Gateways">A Gateway for each class and namespace.</param>
/// <param name="Gone">The Ingresses whose place these take.</param>
internal sealed record NginxIngresses(IReadOnlyList<VirtualService> Before, IReadOnlyList<VirtualService> ToConvert,
    IReadOnlyList<Gateway> Gateways, IReadOnlySet<IngressResource> Gone)
{
    private const int HttpPort = 80;
    private const string DefaultClass = "nginx";
    private const string IstiosClass = "istio";

    /// <summary>Services that are spoken to by gRPC.</summary>
    /// <param name="known">The Services that are known.</param>
    public IReadOnlyList<MeshService> WithProtocols(IReadOnlyList<MeshService> known)
    {
        var grpc = Gone.OfType<Ingress>().Where(ingress => new NginxAnnotations(ingress).IsGrpc)
            .SelectMany(ingress => ingress.Rules.SelectMany(rule => rule.Paths).Select(path => path.Backend.Service)
                .OfType<IngressServiceBackend>().Select(service => (ingress.Namespace, service.Name, service.PortNumber)))
            .Distinct().ToList();
        return
        [
            .. known.Select(service => grpc.Exists(each => (each.Namespace, each.Name) == (service.Namespace, service.Name))
                ? service with { Protocol = "grpc" } : service),
            .. grpc.Where(each => each.PortNumber is not null
                    && !known.Any(service => (service.Namespace, service.Name) == (each.Namespace, each.Name)))
                .Select(each => new MeshService(each.Name, each.PortNumber!.Value, "grpc", each.Namespace)),
        ];
    }

    /// <summary>Reads Ingresses.</summary>
    /// <param name="ingresses">Those that are selected.</param>
    /// <param name="options">The cluster, for the names of ports.</param>
    /// <param name="findings">Takes what is lost.</param>
    public static NginxIngresses Read(IEnumerable<Ingress> ingresses, MeshOptions options, FindingList findings)
    {
        var (before, over, gateways, gone) = (new List<VirtualService>(), new List<VirtualService>(), new List<Gateway>(),
            new HashSet<IngressResource>(ReferenceEqualityComparer.Instance));
        foreach (var group in ingresses.GroupBy(ingress => (ingress.Namespace, Class: ClassOf(ingress))))
        {
            if (group.Key.Class == IstiosClass)
            {
                Refuse(group, findings);
                continue;
            }

            var made = before.Count;
            foreach (var host in Locations([.. group]).GroupBy(each => each.Host))
            {
                var locations = host.Select(each => each.Location).ToList();
                var first = locations[0].Ingress;
                try
                {
                    var rules = new NginxHost(locations, options).Rules();
                    var service = Service(host.Key, first, group.Key.Class) with { Http = [.. rules.Select(rule => rule.Rule)] };
                    before.Add(service);
                    over.Add(service with { Http = [.. rules.Where(rule => rule.ComesOver).Select(rule => rule.Rule)] });
                    if (rules.Any(rule => !rule.ComesOver))
                    {
                        findings.Lost(first, NginxAnnotations.Place("rewrite-target"),
                            "the paths are told apart by upper and lower case: ingress-nginx compares expressions without it");
                    }
                }
                catch (RefusalException refusal)
                {
                    findings.Refused(first, refusal);
                }
            }

            if (before.Count == made)
            {
                continue;
            }

            gateways.Add(Gateway(group.First(), group.Key.Class));
            foreach (var ingress in group)
            {
                gone.Add(ingress);
                new NginxAnnotations(ingress).List(findings);
                if (ingress.DefaultBackend is not null)
                {
                    findings.Lost(ingress, "spec.defaultBackend", "requests that no path takes are answered 404",
                        "add a rule for the path /");
                }
            }
        }

        return new NginxIngresses(before, over, gateways, gone);
    }

    private static void Refuse(IEnumerable<Ingress> ingresses, FindingList findings)
    {
        foreach (var ingress in ingresses)
        {
            findings.Refused(ingress, new RefusalException("spec.ingressClassName",
                "an Ingress of the class istio means what Istio's controller makes of it, and not what ingress-nginx does"));
        }
    }

    /// <summary>The class by the annotation, which goes before the field, as for ingress-nginx.</summary>
    private static string ClassOf(Ingress ingress) =>
        ingress.Metadata.Annotations.TryGetValue(Ingress.ClassAnnotation, out var name) ? name : ingress.IngressClassName ?? DefaultClass;

    private static IEnumerable<(string Host, NginxLocation Location)> Locations(IReadOnlyList<Ingress> ingresses)
    {
        foreach (var ingress in ingresses.OrderBy(ingress => ingress, ResourceOrder.Instance))
        {
            var annotations = new NginxAnnotations(ingress);
            for (var i = 0; i < ingress.Rules.Count; i++)
            {
                var rule = ingress.Rules[i];
                for (var p = 0; p < rule.Paths.Count; p++)
                {
                    var place = string.Create(CultureInfo.InvariantCulture, $"spec.rules[{i}].http.paths[{p}]");
                    var location = new NginxLocation(ingress, annotations, rule.Paths[p], place);
                    foreach (var host in annotations.ServerAliases.Prepend(rule.Host ?? "*"))
                    {
                        yield return (host, location);
                    }
                }
            }
        }
    }

    private static VirtualService Service(string host, Ingress ingress, string className) => new()
    {
        Metadata = new Metadata
        {
            Name = ingress.Rules.Count == 1 && host == (ingress.Rules[0].Host ?? "*") ? ingress.Name
                : $"{ingress.Name}-{host.Replace("*", "any", StringComparison.Ordinal).Replace('.', '-')}",
            Namespace = ingress.Metadata.Namespace,
        },
        Source = ingress.Source,
        Semantics = RouteSemantics.GatewayApi,
        Hosts = [host],
        Gateways = [className],
    };

    private static Gateway Gateway(Ingress ingress, string className) => new()
    {
        Metadata = new Metadata { Name = className, Namespace = ingress.Metadata.Namespace },
        Source = ingress.Source,
        Servers = [new Server { Port = new Port { Number = HttpPort, Protocol = "HTTP", Name = "http" }, Hosts = ["*"] }],
    };
}
