using Bookinfo.Mesh.Analysis.Migration.Findings;
using Bookinfo.Mesh.Istio.Ingresses;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Proxy.Model;
using Api = Bookinfo.Mesh.Istio.GatewayApi;

namespace Bookinfo.Mesh.Analysis.Migration.Ingresses;

/// <summary>
/// What Ingresses mean to ingress-nginx, as VirtualServices and Gateways: the side that a migration is compared with. Prefixes are those
/// of the Gateway API, of whole segments.
/// </summary>
/// <param name="Before">All that they mean.</param>
/// <param name="ToConvert">The same without what cannot be written.</param>
/// <param name="Gateways">A Gateway for each class and namespace.</param>
/// <param name="Gone">The Ingresses whose place these take.</param>
/// <param name="Secrets">The Secrets with the certificates of hosts, by Gateway and host.</param>
internal sealed record NginxIngresses(IReadOnlyList<VirtualService> Before, IReadOnlyList<VirtualService> ToConvert,
    IReadOnlyList<Gateway> Gateways, IReadOnlySet<IngressResource> Gone,
    IReadOnlyDictionary<(string Namespace, string Gateway, string Host), string> Secrets)
{
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
    /// <param name="channel">Which fields of the Gateway API there are.</param>
    /// <param name="findings">Takes what is lost.</param>
    public static NginxIngresses Read(
        IEnumerable<Ingress> ingresses, MeshOptions options, GatewayApiChannel channel, FindingList findings)
    {
        var (before, over, gateways) = (new List<VirtualService>(), new List<VirtualService>(), new List<Gateway>());
        var gone = new HashSet<IngressResource>(ReferenceEqualityComparer.Instance);
        var secrets = new Dictionary<(string Namespace, string Gateway, string Host), string>();
        foreach (var group in ingresses.GroupBy(ingress => (ingress.Namespace, Class: ClassOf(ingress))))
        {
            if (group.Key.Class == IstiosClass)
            {
                Refuse(group, findings);
                continue;
            }

            var servers = NginxServers.Of(group, findings).Where(server =>
                Read(server, new NginxHost(server, options, channel), group.Key.Class, findings, before, over)).ToList();
            if (servers.Count == 0)
            {
                continue;
            }

            gateways.Add(Gateway(group.First(), group.Key.Class, servers));
            foreach (var server in servers.Where(server => server.Secret is not null))
            {
                foreach (var name in server.Names)
                {
                    secrets[(group.Key.Namespace, group.Key.Class, name)] = server.Secret!;
                }
            }

            foreach (var ingress in group)
            {
                gone.Add(ingress);
                new NginxAnnotations(ingress).ListLosses(channel, findings);
            }
        }

        return new NginxIngresses(before, over, gateways, gone, secrets);
    }

    /// <summary>The Gateway of the Gateway API with TLS at the port that has it.</summary>
    public Api.Gateway WithTls(Api.Gateway gateway) => gateway with
    {
        Listeners = [.. gateway.Listeners.Select(listener => listener.Port != NginxHost.HttpsPort
            || !Secrets.TryGetValue((gateway.Namespace, gateway.Name, listener.Hostname ?? NginxServer.AnyHost), out var secret) ? listener
            : listener with { Protocol = Api.Listener.Https, Tls = new Api.ListenerTls([new Api.SecretReference(secret, null)]) })],
    };

    /// <summary>Reads the rules of a host; false where they have no counterpart.</summary>
    private static bool Read(NginxServer server, NginxHost host, string className, FindingList findings,
        List<VirtualService> before, List<VirtualService> over)
    {
        var own = new FindingList();
        try
        {
            var rules = host.Rules(own);
            findings.Add(own);
            var service = Service(server, className);
            before.Add(service with { Http = [.. rules.Select(rule => rule.Rule)] });
            over.Add(service with { Http = [.. rules.Where(rule => rule.ComesOver).Select(rule => rule.Rule)] });
            if (server.WwwTwin is { } twin)
            {
                var other = service with
                {
                    Metadata = service.Metadata with { Name = $"{service.Name}-www" },
                    Hosts = [twin],
                    Http = [host.WwwRule()],
                };
                before.Add(other);
                over.Add(other);
            }

            return true;
        }
        catch (RefusalException refusal)
        {
            findings.Refused(server.First, refusal);
            return false;
        }
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

    private static VirtualService Service(NginxServer server, string className) => new()
    {
        Metadata = new Metadata
        {
            Name = server.First.Rules.Select(rule => rule.Host).Distinct().Count() <= 1 ? server.First.Name
                : $"{server.First.Name}-{server.Host.Replace("*", "any", StringComparison.Ordinal).Replace('.', '-')}",
            Namespace = server.First.Metadata.Namespace,
        },
        Source = server.First.Source,
        Semantics = RouteSemantics.GatewayApi,
        Hosts = [server.Host, .. server.Aliases],
        Gateways = [className],
    };

    /// <summary>All hosts without TLS, and with TLS those that have a certificate.</summary>
    private static Gateway Gateway(Ingress ingress, string className, IEnumerable<NginxServer> servers)
    {
        List<Server> all = [new() { Port = Port(NginxHost.HttpPort, "http"), Hosts = [NginxServer.AnyHost] }];
        if (servers.Where(server => server.Secret is not null).SelectMany(server => server.Names).ToList() is { Count: > 0 } hosts)
        {
            all.Add(new Server { Port = Port(NginxHost.HttpsPort, "https"), Hosts = hosts });
        }

        return new Gateway
        {
            Metadata = new Metadata { Name = className, Namespace = ingress.Metadata.Namespace },
            Source = ingress.Source,
            Servers = all,
        };
    }

    private static Port Port(int number, string name) => new() { Number = number, Protocol = "HTTP", Name = name };
}
