using Bookinfo.Mesh.Analysis.Migration.Findings;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Names;
using Bookinfo.Mesh.Proxy.Model;

namespace Bookinfo.Mesh.Analysis.Migration.Ingresses;

/// <summary>Makes rules of the locations of one host, canaries joined with what they are a part of.</summary>
/// <param name="server">The host.</param>
/// <param name="options">The cluster, for the names of ports.</param>
/// <param name="channel">Which fields of the Gateway API there are.</param>
internal sealed class NginxHost(NginxServer server, MeshOptions options, GatewayApiChannel channel)
{
    /// <summary>The port without TLS.</summary>
    public const int HttpPort = 80;

    /// <summary>The port with TLS.</summary>
    public const int HttpsPort = 443;

    private const int Found = 302;
    private const int MovedPermanently = 301;
    private const int PermanentRedirect = 308;

    private readonly bool _usesExpressions = server.Locations.Any(location => location.UsesExpressions);

    private readonly IReadOnlyList<NginxLocation> _main =
        [.. server.Locations.Where(location => !location.Annotations.IsCanary)];

    /// <summary>The rules, the first that matches wins, and whether each of them comes over.</summary>
    /// <param name="findings">Takes what is lost.</param>
    /// <exception cref="RefusalException">Something has no counterpart.</exception>
    public IReadOnlyList<(HttpRoute Rule, bool ComesOver)> Rules(FindingList findings)
    {
        if (_main.Any(location => location.Annotations.PassesTlsThrough))
        {
            throw new RefusalException(NginxAnnotations.Place("ssl-passthrough"),
                "connections are handed on as they are, and the mesh routes only HTTP", "write a TLSRoute");
        }

        var rules = new List<(HttpRoute Rule, bool ComesOver)>();
        foreach (var root in _main.Where(location => location.Annotations.AppRoot is not null).Take(1))
        {
            rules.Add((Lead(root, "/", new HttpRedirect { Uri = root.Annotations.AppRoot, RedirectCode = Found }), true));
        }

        // nginx leads /shop to a location /shop/ where no location is for /shop (ngx_http_core_module.c: ngx_http_find_static_location).
        foreach (var folder in _main.Where(location => !_usesExpressions && location.Text.Length > 1
            && location.Text.EndsWith('/') && _main.All(other => other.Text != location.Text[..^1])))
        {
            rules.Add((Lead(folder, folder.Text[..^1], new HttpRedirect { Uri = folder.Text, RedirectCode = MovedPermanently }), true));
        }

        foreach (var location in Ordered())
        {
            var (matches, loss) = location.Matches(_usesExpressions);
            if (loss is not null)
            {
                findings.Lost(location.Ingress, NginxAnnotations.Place("rewrite-target"), loss);
            }

            foreach (var match in matches)
            {
                var taker = match.LeftTo is { } path ? Next(location, path) : location;
                rules.AddRange(Rules(taker, location, match.Path, match.Rewrite, findings).Select(rule => (rule, match.ComesOver)));
            }
        }

        return rules;
    }

    /// <summary>Where requests for the other name are led.</summary>
    public HttpRoute WwwRule() => new()
    {
        Redirect = new HttpRedirect
        {
            Authority = server.Host,
            DerivePort = RedirectPortSelection.FromRequestPort,
            RedirectCode = PermanentRedirect,
        },
        Origin = new RuleOrigin(server.First, NginxAnnotations.Place("from-to-www-redirect")),
    };

    private IOrderedEnumerable<NginxLocation> Ordered() => _main.OrderBy(location => location.Order(_usesExpressions));

    private NginxLocation? Next(NginxLocation location, string path) =>
        Ordered().SkipWhile(other => other != location).Skip(1).FirstOrDefault(other => other.Takes(path));

    /// <summary>The rules of a location at each port; null is none, which answers 404.</summary>
    private IEnumerable<HttpRoute> Rules(
        NginxLocation? location, NginxLocation place, StringMatch path, HttpRewrite? rewrite, FindingList findings)
    {
        var request = new HttpMatchRequest { Uri = path };
        if (location is null)
        {
            return [Rule(place, request) with { DirectResponse = new HttpDirectResponse { Status = 404 } }];
        }

        var annotations = location.Annotations;
        if (annotations.Redirect is { } redirect)
        {
            return [Rule(location, request) with { Redirect = redirect.ToRule() }];
        }

        var https = Rule(location, request) with { Redirect = new HttpRedirect { Scheme = "https", RedirectCode = PermanentRedirect } };
        if (server.Secret is null && annotations.ForcesHttps)
        {
            TellOfSlash(location, "force-ssl-redirect", findings);
            return [https];
        }

        if (server.Secret is null || (!annotations.LeadsToHttps && !annotations.ForcesHttps))
        {
            return Forward(location, request, rewrite);
        }

        TellOfSlash(location, "ssl-redirect", findings);
        return
        [
            .. Forward(location, request with { Port = HttpsPort }, rewrite),
            https with { Match = [request with { Port = HttpPort }] },
        ];
    }

    private static void TellOfSlash(NginxLocation location, string annotation, FindingList findings)
    {
        if (!location.Annotations.KeepsTrailingSlash)
        {
            findings.Note(location.Ingress, NginxAnnotations.Place(annotation),
                "the new URL keeps a slash at its end; ingress-nginx drops it unless preserve-trailing-slash is set");
        }
    }

    private IEnumerable<HttpRoute> Forward(NginxLocation location, HttpMatchRequest request, HttpRewrite? rewrite)
    {
        var annotations = location.Annotations;
        var canary = server.Locations.FirstOrDefault(other => other.Annotations.IsCanary && other.IsSamePath(location));
        var rule = Rule(location, request) with
        {
            Rewrite = annotations.UpstreamVhost is { } host ? (rewrite ?? new HttpRewrite()) with { Authority = host } : rewrite,
            Timeout = annotations.ReadTimeout,
            CorsPolicy = annotations.Cors?.ToPolicy(),
            Retries = channel == GatewayApiChannel.Standard ? null : annotations.Retries?.ToRule(),
            Session = channel == GatewayApiChannel.Standard ? null : annotations.Session,
            Headers = annotations.ForwardedPrefix is { } prefix && rewrite is not null ? Set("X-Forwarded-Prefix", prefix) : null,
        };
        foreach (var (header, value, toCanary) in canary is null ? [] : NginxCanary.Deciders(canary.Annotations))
        {
            yield return rule with
            {
                Match = [request with { Headers = new Dictionary<string, StringMatch> { [header] = value } }],
                Route = [Backend(toCanary ? canary! : location, 100)],
            };
        }

        yield return rule with { Route = Weighted(location, canary) };
    }

    private List<HttpRouteDestination> Weighted(NginxLocation location, NginxLocation? canary)
    {
        var weight = canary is null ? 0 : NginxCanary.Weight(canary.Annotations);
        return weight == 0 ? [Backend(location, 100)]
            : [Backend(location, canary!.Annotations.CanaryWeightTotal - weight), Backend(canary, weight)];
    }

    private static Headers Set(string name, string value) => new()
    {
        Request = new HeaderOperations { Set = new Dictionary<string, string> { [name] = value } },
    };

    private static HttpRoute Lead(NginxLocation location, string path, HttpRedirect redirect) =>
        Rule(location, new HttpMatchRequest { Uri = new StringMatch { Exact = path } }) with
        {
            Redirect = redirect with { DerivePort = RedirectPortSelection.FromRequestPort },
        };

    private static HttpRoute Rule(NginxLocation location, HttpMatchRequest match) => new()
    {
        Match = [match],
        Origin = new RuleOrigin(location.Ingress, location.Place),
    };

    private HttpRouteDestination Backend(NginxLocation location, int weight)
    {
        if (location.Path.Backend.Service is not { } service)
        {
            throw new RefusalException($"{location.Place}.backend", "the backend is not a Service", "name a Service");
        }

        var port = service.PortNumber ?? options.Services.FirstOrDefault(known => known.Name == service.Name
            && known.Namespace == location.Ingress.Namespace && (known.PortName ?? known.Protocol) == service.PortName)?.Port
            ?? throw new RefusalException($"{location.Place}.backend.service.port.name",
                $"the Service {service.Name} has no port {service.PortName} that is known", "add the Service to the files");
        return new HttpRouteDestination
        {
            Destination = new Destination
            {
                Host = HostNames.OfService(service.Name, location.Ingress.Namespace, options.ClusterDomain),
                Port = port,
            },
            Weight = weight,
        };
    }
}
