using System.Globalization;
using Bookinfo.Mesh.Analysis.Migration.Findings;
using Bookinfo.Mesh.Istio.Ingresses;
using Bookinfo.Mesh.Istio.Model;

namespace Bookinfo.Mesh.Analysis.Migration.Ingresses;

/// <summary>
/// Makes servers of the Ingresses of one class and namespace (<c>internal/ingress/controller/controller.go: createServers,
/// getBackendServers</c>): what the older Ingress says of a host goes before what the others say.
/// </summary>
internal sealed class NginxServers
{
    private const string Www = "www.";

    /// <summary>What the server for all other hosts does not take from the Ingress of its backend.</summary>
    private static readonly string[] NotOfAnyHost =
    [
        "app-root", "force-ssl-redirect", "from-to-www-redirect", "permanent-redirect", "rewrite-target", "temporal-redirect", "use-regex",
    ];

    private readonly FindingList _findings;
    private readonly List<(Ingress Ingress, NginxAnnotations Annotations)> _main;
    private readonly List<(Ingress Ingress, NginxAnnotations Annotations)> _canaries;

    private NginxServers(IEnumerable<Ingress> ingresses, FindingList findings)
    {
        _findings = findings;
        var all = ingresses.OrderBy(ingress => ingress, ResourceOrder.Instance)
            .ToLookup(ingress => new NginxAnnotations(ingress).IsCanary, ingress => (ingress, new NginxAnnotations(ingress)));
        (_main, _canaries) = ([.. all[false]], [.. all[true]]);
    }

    /// <summary>The servers.</summary>
    /// <param name="ingresses">The Ingresses of one class and namespace.</param>
    /// <param name="findings">Takes what is to be said about them.</param>
    public static IReadOnlyList<NginxServer> Of(IEnumerable<Ingress> ingresses, FindingList findings) =>
        new NginxServers(ingresses, findings).Run();

    private List<NginxServer> Run()
    {
        var hosts = _main.SelectMany(each => HostsOf(each.Ingress)).Distinct().ToList();
        foreach (var (canary, _) in _canaries.Where(each => each.Ingress.DefaultBackend is not null))
        {
            _findings.Lost(canary, "spec.defaultBackend", "requests that no path takes do not go to this canary", "name the path /");
        }

        return [.. hosts.Select(host => Server(host, hosts))];
    }

    private static IEnumerable<string> HostsOf(Ingress ingress) =>
        ingress.Rules.Count == 0 && ingress.DefaultBackend?.Service is not null ? [NginxServer.AnyHost]
        : ingress.Rules.Select(rule => rule.Host ?? NginxServer.AnyHost);

    private NginxServer Server(string host, List<string> hosts)
    {
        var of = _main.Where(each => HostsOf(each.Ingress).Contains(host)).ToList();
        var locations = of.SelectMany(each => Locations(each.Ingress, each.Annotations, host)).ToList();
        if (Default(of, host) is { } fallback && !locations.Exists(location => location.Text == "/" && !location.IsExact))
        {
            locations.Add(fallback);
        }

        foreach (var canary in _canaries.SelectMany(each => Locations(each.Ingress, each.Annotations, host)))
        {
            if (locations.Exists(location => !location.Annotations.IsCanary && location.IsSamePath(canary)))
            {
                locations.Add(canary);
            }
            else
            {
                _findings.Note(canary.Ingress, canary.Place, "no other Ingress has this path: ingress-nginx leaves the canary aside");
            }
        }

        if (host != NginxServer.AnyHost && host.StartsWith('*'))
        {
            _findings.Lost(of[0].Ingress, "spec.rules", $"{host} takes names of several labels too; ingress-nginx takes one label",
                "write the hosts out");
        }

        return new NginxServer(host, of[0].Ingress)
        {
            Locations = locations,
            Aliases = Aliases(of, hosts),
            Secret = Secret(of, host),
            WwwTwin = of.Exists(each => each.Annotations.RedirectsWww) && !host.StartsWith('*') && !hosts.Contains(Twin(host))
                ? Twin(host) : null,
        };
    }

    private static string Twin(string host) => host.StartsWith(Www, StringComparison.Ordinal) ? host[Www.Length..] : Www + host;

    private static IEnumerable<NginxLocation> Locations(Ingress ingress, NginxAnnotations annotations, string host)
    {
        for (var i = 0; i < ingress.Rules.Count; i++)
        {
            if ((ingress.Rules[i].Host ?? NginxServer.AnyHost) != host)
            {
                continue;
            }

            for (var p = 0; p < ingress.Rules[i].Paths.Count; p++)
            {
                var place = string.Create(CultureInfo.InvariantCulture, $"spec.rules[{i}].http.paths[{p}]");
                yield return new NginxLocation(ingress, annotations, ingress.Rules[i].Paths[p], place);
            }
        }
    }

    /// <summary>What takes the requests that no path takes: the backend of the Ingress that names the host first.</summary>
    private static NginxLocation? Default(List<(Ingress Ingress, NginxAnnotations Annotations)> of, string host)
    {
        var (ingress, annotations) = host == NginxServer.AnyHost
            ? of.Find(each => each.Ingress.Rules.Count == 0) : of[0];
        if (ingress?.DefaultBackend is not { Service: not null } backend)
        {
            return null;
        }

        var path = new HttpIngressPath { Path = "/", PathType = IngressPathType.Prefix, Backend = backend };
        return new NginxLocation(ingress, ingress.Rules.Count == 0 ? NginxAnnotations.Without(ingress, NotOfAnyHost) : annotations, path,
            "spec.defaultBackend");
    }

    /// <summary>Those of the first Ingress that has any; a name that has a server of its own is left aside.</summary>
    private List<string> Aliases(List<(Ingress Ingress, NginxAnnotations Annotations)> of, List<string> hosts)
    {
        var (ingress, annotations) = of.Find(each => each.Annotations.ServerAliases.Count > 0);
        if (ingress is null)
        {
            return [];
        }

        foreach (var expression in annotations.ServerAliases.Where(alias => alias.StartsWith('~')))
        {
            _findings.Lost(ingress, NginxAnnotations.Place("server-alias"), $"hosts like {expression} are not served: a hostname of the "
                + "Gateway API is no expression", "write the hosts out");
        }

        return [.. annotations.ServerAliases.Where(alias => !alias.StartsWith('~') && !hosts.Contains(alias))];
    }

    /// <summary>The Secret of the first Ingress with TLS; an entry without hosts is for all (<c>extractTLSSecretName</c>).</summary>
    private string? Secret(List<(Ingress Ingress, NginxAnnotations Annotations)> of, string host)
    {
        var (ingress, _) = of.Find(each => each.Ingress.Tls.Count > 0);
        if (ingress is null || host == NginxServer.AnyHost)
        {
            return null;
        }

        var entry = ingress.Tls.FirstOrDefault(tls => tls.Hosts.Contains(host)) ?? ingress.Tls.FirstOrDefault(tls => tls.Hosts.Count == 0);
        if (entry?.SecretName is null)
        {
            _findings.Lost(ingress, "spec.tls", $"{host} is served without TLS: ingress-nginx takes its default certificate, which the "
                + "Ingress does not name", "name a Secret in spec.tls");
        }

        return entry?.SecretName;
    }
}
