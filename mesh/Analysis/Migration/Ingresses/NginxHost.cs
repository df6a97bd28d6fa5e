using Bookinfo.Mesh.Analysis.Migration.Findings;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Names;
using Bookinfo.Mesh.Proxy.Model;

namespace Bookinfo.Mesh.Analysis.Migration.Ingresses;

/// <summary>Makes rules of the locations of one host, canaries joined with what they are a part of.</summary>
/// <param name="locations">The locations of all Ingresses for the host.</param>
/// <param name="options">The cluster, for the names of ports.</param>
internal sealed class NginxHost(IReadOnlyList<NginxLocation> locations, MeshOptions options)
{
    private readonly bool _usesExpressions = locations.Any(location => location.Annotations.UsesExpressions);

    /// <summary>The rules, the first that matches wins, and whether each of them comes over.</summary>
    /// <exception cref="RefusalException">Something has no counterpart.</exception>
    public IReadOnlyList<(HttpRoute Rule, bool ComesOver)> Rules()
    {
        var rules = new List<(HttpRoute Rule, bool ComesOver)>();
        var main = locations.Where(location => !location.Annotations.IsCanary).ToList();
        foreach (var root in main.Where(location => location.Annotations.AppRoot is not null).Take(1))
        {
            rules.Add((Rule(root, new HttpMatchRequest { Uri = new StringMatch { Exact = "/" } }) with
            {
                Redirect = new HttpRedirect { Uri = root.Annotations.AppRoot, RedirectCode = 302 },
            }, true));
        }

        foreach (var location in main.OrderBy(location => location.Order(_usesExpressions)))
        {
            var canary = locations.FirstOrDefault(other => other.Annotations.IsCanary && other.Text == location.Text);
            rules.AddRange(location.Matches(_usesExpressions).SelectMany(match =>
                Rules(location, canary, match.Path, match.Rewrite).Select(rule => (rule, match.ComesOver))));
        }

        return rules;
    }

    private IEnumerable<HttpRoute> Rules(NginxLocation location, NginxLocation? canary, StringMatch path, HttpRewrite? rewrite)
    {
        var request = new HttpMatchRequest { Uri = path };
        var annotations = location.Annotations;
        if (annotations.Redirect is { } redirect)
        {
            yield return Rule(location, request) with
            {
                Redirect = new HttpRedirect
                {
                    Scheme = redirect.Url.Scheme,
                    Authority = redirect.Url.Host,
                    Port = redirect.Url.IsDefaultPort ? null : redirect.Url.Port,
                    Uri = redirect.Url.PathAndQuery,
                    RedirectCode = redirect.Status,
                },
            };
            yield break;
        }

        if (annotations.ForcesHttps)
        {
            yield return Rule(location, request) with { Redirect = new HttpRedirect { Scheme = "https", RedirectCode = 308 } };
            yield break;
        }

        var rule = Rule(location, request) with
        {
            Rewrite = annotations.UpstreamVhost is { } host ? (rewrite ?? new HttpRewrite()) with { Authority = host } : rewrite,
            Timeout = annotations.ReadTimeout,
        };
        foreach (var split in canary is null ? [] : Canary(rule, location, canary, request))
        {
            yield return split;
        }

        yield return rule with { Route = Weighted(location, canary) };
    }

    /// <summary>Requests that a header sends to the canary or keeps from it.</summary>
    private IEnumerable<HttpRoute> Canary(HttpRoute rule, NginxLocation location, NginxLocation canary, HttpMatchRequest request)
    {
        if (canary.Annotations.CanaryHeader is not { } header)
        {
            yield break;
        }

        yield return rule with
        {
            Match = [With(request, header, canary.Annotations.CanaryHeaderValue ?? "always")],
            Route = [Backend(canary, 100)],
        };
        if (canary.Annotations.CanaryHeaderValue is null)
        {
            yield return rule with { Match = [With(request, header, "never")], Route = [Backend(location, 100)] };
        }
    }

    private List<HttpRouteDestination> Weighted(NginxLocation location, NginxLocation? canary) =>
        canary?.Annotations.CanaryWeight is > 0 and var weight
            ? [Backend(location, Math.Max(0, canary.Annotations.CanaryWeightTotal - weight)), Backend(canary, weight)]
            : [Backend(location, 100)];

    private static HttpMatchRequest With(HttpMatchRequest request, string header, string value) => request with
    {
        Headers = new Dictionary<string, StringMatch> { [header] = new() { Exact = value } },
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
