using System.Globalization;
using Bookinfo.Mesh.Analysis.Migration.Findings;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Names;
using Api = Bookinfo.Mesh.Istio.GatewayApi;

namespace Bookinfo.Mesh.Analysis.Migration.Conversion;

/// <summary>Reads what a rule of a VirtualService does as filters, backends and times of the Gateway API, and lists what is lost.</summary>
/// <param name="service">The VirtualService.</param>
/// <param name="routeNamespace">The namespace of the route.</param>
/// <param name="backends">Finds the Service for each destination.</param>
/// <param name="channel">Which fields of the Gateway API there are.</param>
/// <param name="findings">Takes what is lost.</param>
internal sealed class ActionReader(VirtualService service, string routeNamespace, BackendServices backends, GatewayApiChannel channel,
    FindingList findings)
{
    /// <param name="rule">The rule.</param>
    /// <param name="path">Where it stands.</param>
    /// <exception cref="RefusalException">Where requests go cannot be said.</exception>
    public MigratedAction Read(HttpRoute rule, string path)
    {
        var retry = rule.Retries is null || channel == GatewayApiChannel.Standard ? null : RetryReader.Read(rule.Retries);
        ListLost(rule, retry is not null, path);
        var headers = new HeaderReader(service, findings);
        return new MigratedAction
        {
            Name = DnsNames.IsDnsSubdomain(rule.Name ?? "") ? rule.Name : null,
            Filters = [.. headers.Filters(rule.Headers, $"{path}.headers"), .. Mirrors(rule, path), .. Cors(rule.CorsPolicy, path)],
            Backends = [.. rule.Route.Select((destination, i) => Backend(destination, rule.Route.Count > 1, headers,
                string.Create(CultureInfo.InvariantCulture, $"{path}.route[{i}]")))],
            Timeout = rule.Timeout,
            TryTimeout = retry is null ? null : rule.Retries?.PerTryTimeout,
            Retry = retry,
            Session = channel == GatewayApiChannel.Standard ? null : Session(rule.Session),
            RewriteHost = (rule.Rewrite?.Authority is { Length: > 0 } authority ? authority : null)
                ?? HeaderReader.Authority(rule.Headers?.Request),
            RewritePath = rule.Rewrite?.Uri is { Length: > 0 } uri ? uri : Whole(rule.Rewrite?.UriRegexRewrite, path),
            Redirect = rule.Redirect is null ? null : Redirect(rule.Redirect),
            RedirectPath = rule.Redirect?.Uri is { Length: > 0 } location ? location : null,
            RedirectPrefix = rule.Redirect?.PrefixRewrite is { Length: > 0 } prefix ? prefix : null,
        };
    }

    private static Api.SessionPersistence? Session(SessionPolicy? session) => session is null ? null : new Api.SessionPersistence
    {
        SessionName = session.Name,
        Type = session.IsHeader ? Api.SessionPersistenceType.Header : null,
        AbsoluteTimeout = session.Lifetime,
        LifetimeType = session.IsPermanent ? Api.CookieLifetime.Permanent : null,
    };

    private void ListLost(HttpRoute rule, bool keepsRetries, string path)
    {
        if (rule.Fault is not null)
        {
            findings.Lost(service, $"{path}.fault", "faults are no longer injected", "inject them in the pods, or keep this rule on Istio");
        }

        if (rule.Retries is { } retries && !keepsRetries)
        {
            findings.Lost(service, $"{path}.retries", retries.Attempts == 0 ? "failed requests are retried as Istio does by default"
                : "failed requests are retried as Istio does by default, not as often and for the reasons that are written",
                channel == GatewayApiChannel.Standard ? "--gateway-api experimental writes them as retry, where it has words for them"
                    : "retry has failures to connect and status codes only");
        }

        if (rule.Redirect is { Port: null, DerivePort: not RedirectPortSelection.FromRequestPort, Scheme: null or "" })
        {
            findings.Note(service, $"{path}.redirect", "the new URL has the port that the request came to, unless it is the scheme's own: "
                + "the Gateway API writes it where neither port nor scheme is given", "give the scheme or the port");
        }

        if (rule.DirectResponse is { } direct)
        {
            findings.Lost(service, $"{path}.directResponse", string.Create(CultureInfo.InvariantCulture,
                $"requests are answered 500 in place of {direct.Status}: a rule of the Gateway API without backends answers so"),
                "let a service answer");
        }
    }

    private Api.BackendRef Backend(HttpRouteDestination destination, bool isOneOfSeveral, HeaderReader headers, string path)
    {
        var reference = backends.Reference(destination.Destination, service, routeNamespace, $"{path}.destination", findings);
        if (HeaderReader.Authority(destination.Headers?.Request) is not null)
        {
            findings.Lost(service, $"{path}.headers.request", "the Host header of this destination is no longer set: the Gateway API sets "
                + "it for all backends of a rule");
        }

        return new Api.BackendRef
        {
            Group = reference.Group,
            Kind = reference.Kind,
            Name = reference.Name,
            Namespace = reference.Namespace,
            Port = reference.Port,
            Weight = isOneOfSeveral ? destination.Weight : null,
            Filters = headers.Filters(destination.Headers, $"{path}.headers"),
        };
    }

    private IEnumerable<Api.RouteFilter> Mirrors(HttpRoute rule, string path)
    {
        var mirrors = rule.Mirrors.Select((mirror, i) =>
            (mirror, Path: string.Create(CultureInfo.InvariantCulture, $"{path}.mirrors[{i}].destination"))).ToList();
        if (rule.Mirror is not null)
        {
            mirrors.Insert(0, (new HttpMirrorPolicy { Destination = rule.Mirror, Percentage = rule.MirrorPercentage }, $"{path}.mirror"));
        }

        return mirrors.Select(each => new Api.RouteFilter
        {
            Type = Api.RouteFilterType.RequestMirror,
            RequestMirror = Mirror(each.mirror, each.Path),
        });
    }

    private Api.RequestMirror Mirror(HttpMirrorPolicy mirror, string path)
    {
        const int Millionths = 1_000_000;
        var backend = backends.Reference(mirror.Destination, service, routeNamespace, path, findings);
        return new Api.RequestMirror
        {
            BackendRef = backend,
            Percent = mirror.Percentage is { } whole and < 100 && double.IsInteger(whole) ? (int)whole : null,
            Fraction = mirror.Percentage is { } share && !double.IsInteger(share)
                ? new Api.Fraction((int)Math.Round(share * Millionths / 100), Millionths) : null,
        };
    }

    private IEnumerable<Api.RouteFilter> Cors(CorsPolicy? policy, string path) => policy is null ? [] :
    [
        new Api.RouteFilter
        {
            Type = Api.RouteFilterType.Cors,
            Cors = new CorsReader(service, $"{path}.corsPolicy", findings).Read(policy),
        },
    ];

    /// <summary>The Gateway API replaces whole paths; by expressions it replaces nothing.</summary>
    private static string? Whole(RegexRewrite? rewrite, string path) => rewrite switch
    {
        null => null,
        { Match: "/.*" or "^/.*$" or "^/.*" } when !rewrite.Rewrite.Contains('\\', StringComparison.Ordinal) => rewrite.Rewrite,
        _ => throw new RefusalException($"{path}.rewrite.uriRegexRewrite", "the Gateway API does not rewrite paths by expressions",
            "make a rule for each prefix, with rewrite.uri"),
    };

    private static Api.RequestRedirect Redirect(HttpRedirect redirect)
    {
        const int Permanently = 301;
        var authority = redirect.Authority is { Length: > 0 } text ? text : null;
        var colon = authority?.LastIndexOf(':') ?? -1;
        var port = colon > 0 && int.TryParse(authority.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number : (int?)null;
        return new Api.RequestRedirect
        {
            Scheme = redirect.Scheme is { Length: > 0 } scheme ? scheme : null,
            Hostname = port is null ? authority : authority![..colon],
            Port = redirect.Port ?? port,
            StatusCode = redirect.RedirectCode is null or 0 ? Permanently : redirect.RedirectCode,
        };
    }
}
