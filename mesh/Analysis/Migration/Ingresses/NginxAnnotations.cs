using System.Globalization;
using Bookinfo.Mesh.Analysis.Migration.Findings;
using Bookinfo.Mesh.Istio.Ingresses;
using Bookinfo.Mesh.Istio.Model;

namespace Bookinfo.Mesh.Analysis.Migration.Ingresses;

/// <summary>
/// The annotations by which an Ingress tells ingress-nginx more than its fields can say
/// (<c>docs/user-guide/nginx-configuration/annotations.md</c> and <c>internal/ingress/annotations</c> of kubernetes/ingress-nginx).
/// </summary>
internal sealed class NginxAnnotations(Ingress ingress)
{
    private const string Prefix = "nginx.ingress.kubernetes.io/";
    private const string Canary = "canary";
    private const string DefaultCookie = "INGRESSCOOKIE";

    private static readonly HashSet<string> Known =
    [
        "app-root", "backend-protocol", "enable-cors", "force-ssl-redirect", "from-to-www-redirect", "permanent-redirect",
        "permanent-redirect-code", "preserve-trailing-slash", "proxy-read-timeout", "rewrite-target", "server-alias", "ssl-passthrough",
        "ssl-redirect", "temporal-redirect", "temporal-redirect-code", "upstream-vhost", "use-regex",
    ];

    private static readonly HashSet<string> KnownOfCanaries =
    [
        Canary, "canary-by-cookie", "canary-by-header", "canary-by-header-pattern", "canary-by-header-value", "canary-weight",
        "canary-weight-total",
    ];

    private static readonly HashSet<string> KnownOfCors =
    [
        "cors-allow-credentials", "cors-allow-headers", "cors-allow-methods", "cors-allow-origin", "cors-expose-headers", "cors-max-age",
    ];

    private static readonly HashSet<string> KnownOfExperiments =
    [
        "affinity", "proxy-next-upstream", "proxy-next-upstream-tries", "session-cookie-expires", "session-cookie-max-age",
        "session-cookie-name",
    ];

    public bool IsCanary => Flag(Canary) == true;

    public bool UsesRegex => Flag("use-regex") == true;

    public string? RewriteTarget => Text("rewrite-target");

    /// <summary>A header for requests whose path is rewritten.</summary>
    public string? ForwardedPrefix => RewriteTarget is null ? null : Text("x-forwarded-prefix");

    /// <summary>Whether requests without TLS are led to https where the host has a certificate.</summary>
    public bool LeadsToHttps => Flag("ssl-redirect") != false;

    /// <summary>Whether they are led there in any case.</summary>
    public bool ForcesHttps => Flag("force-ssl-redirect") == true;

    /// <summary>Whether connections reach the pods as they are, without the paths being looked at.</summary>
    public bool PassesTlsThrough => Flag("ssl-passthrough") == true;

    public bool KeepsTrailingSlash => Flag("preserve-trailing-slash") == true;

    public bool RedirectsWww => Flag("from-to-www-redirect") == true;

    /// <summary>Where requests for <c>/</c> are led; a path that is not absolute is left aside.</summary>
    public string? AppRoot => Text("app-root") is { } root && root.StartsWith('/') ? root : null;

    public string? UpstreamVhost => Text("upstream-vhost");

    public bool IsGrpc => Text("backend-protocol")?.ToUpperInvariant() is "GRPC" or "GRPCS";

    public string? CanaryHeader => Text("canary-by-header");

    public string? CanaryHeaderValue => Text("canary-by-header-value");

    public string? CanaryHeaderPattern => Text("canary-by-header-pattern");

    public string? CanaryCookie => Text("canary-by-cookie");

    public int CanaryWeight => Number("canary-weight") ?? 0;

    /// <summary>The sum of the weights: 100 or more (<c>rootfs/etc/nginx/lua/balancer.lua: route_to_alternative_balancer</c>).</summary>
    public int CanaryWeightTotal => Math.Max(100, Number("canary-weight-total") ?? 100);

    public TimeSpan? ReadTimeout => Number("proxy-read-timeout") is > 0 and var seconds ? TimeSpan.FromSeconds(seconds) : null;

    public IReadOnlyList<string> ServerAliases => [.. List("server-alias").Distinct()];

    /// <summary>The policy for cross-origin requests; null where it is not switched on.</summary>
    public NginxCors? Cors => Flag("enable-cors") != true ? null : new NginxCors
    {
        Origins = List("cors-allow-origin"),
        Methods = List("cors-allow-methods"),
        Headers = List("cors-allow-headers"),
        ExposedHeaders = List("cors-expose-headers"),
        AllowsCredentials = Flag("cors-allow-credentials") != false,
        MaxAge = Number("cors-max-age"),
    };

    /// <summary>That a caller stays with a pod by a cookie; null where each request goes its own way.</summary>
    public SessionPolicy? Session => Text("affinity") != "cookie" ? null
        : (Number("session-cookie-max-age") ?? Number("session-cookie-expires")) is > 0 and var seconds
            ? new SessionPolicy(Text("session-cookie-name") ?? DefaultCookie, false, TimeSpan.FromSeconds(seconds), true)
            : new SessionPolicy(Text("session-cookie-name") ?? DefaultCookie, false, null, false);

    /// <summary>When a failed request is sent to another pod; null where nothing is said of it.</summary>
    public NginxRetries? Retries => Text("proxy-next-upstream") is null && Text("proxy-next-upstream-tries") is null ? null
        : new NginxRetries(
            Text("proxy-next-upstream")?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? NginxRetries.DefaultConditions,
            Number("proxy-next-upstream-tries") ?? NginxRetries.DefaultTries);

    /// <summary>The URL that requests are led to; null for none. The temporary one goes before the permanent one.</summary>
    /// <exception cref="RefusalException">It depends on variables of nginx.</exception>
    public NginxRedirect? Redirect => Text("temporal-redirect") is { } temporary
        ? NginxRedirect.Parse(temporary, Number("temporal-redirect-code") is >= 300 and <= 307 and var one ? one : 302,
            Place("temporal-redirect"))
        : Text("permanent-redirect") is { } permanent
            ? NginxRedirect.Parse(permanent, Number("permanent-redirect-code") is >= 300 and <= 308 and var other ? other : 301,
                Place("permanent-redirect"))
            : null;

    /// <summary>Those of an Ingress without some of them, and without the redirect to https that is the default.</summary>
    public static NginxAnnotations Without(Ingress ingress, IReadOnlyList<string> names)
    {
        var kept = ingress.Metadata.Annotations.Where(each => !names.Contains(each.Key.Replace(Prefix, "", StringComparison.Ordinal)))
            .Prepend(KeyValuePair.Create($"{Prefix}ssl-redirect", "false")).DistinctBy(each => each.Key);
        var metadata = ingress.Metadata with { Annotations = new Dictionary<string, string>(kept) };
        return new NginxAnnotations(ingress with { Metadata = metadata });
    }

    /// <summary>Lists what has no counterpart.</summary>
    public void ListLosses(GatewayApiChannel channel, FindingList findings)
    {
        HashSet<string> known = IsCanary ? KnownOfCanaries
            : [.. Known, .. Cors is null ? [] : KnownOfCors, .. channel == GatewayApiChannel.Standard ? [] : KnownOfExperiments];
        foreach (var name in ingress.Metadata.Annotations.Keys.Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            var own = name[Prefix.Length..];
            if (known.Contains(own) || (own == "x-forwarded-prefix" && ForwardedPrefix is not null))
            {
                continue;
            }

            if (IsCanary)
            {
                findings.Note(ingress, Place(own), "a canary takes this from the Ingress beside it: ingress-nginx leaves it aside here");
                continue;
            }

            var (loss, advice) = NginxLosses.Of(own);
            findings.Lost(ingress, Place(own), loss,
                KnownOfExperiments.Contains(own) ? $"{advice}, or use --gateway-api experimental" : advice);
        }

        if (!IsCanary)
        {
            ListDifferences(findings);
            if (channel != GatewayApiChannel.Standard)
            {
                ListExperiments(findings);
            }
        }
    }

    /// <summary>Where an annotation stands.</summary>
    public static string Place(string name) => $"metadata.annotations[\"{Prefix}{name}\"]";

    private void ListDifferences(FindingList findings)
    {
        if (ReadTimeout is not null)
        {
            findings.Note(ingress, Place("proxy-read-timeout"),
                "the time holds for the whole request; for ingress-nginx it is the time between two reads of the answer");
        }

        if (Text("backend-protocol")?.ToUpperInvariant() is { } protocol and not ("HTTP" or "GRPC"))
        {
            findings.Lost(ingress, Place("backend-protocol"), $"pods are not spoken to by {protocol}", "write a DestinationRule with tls");
        }

        if (Text("app-root") is not null && AppRoot is null)
        {
            findings.Note(ingress, Place("app-root"), "ingress-nginx leaves it aside: it is not an absolute path");
        }

        foreach (var name in new[] { "temporal-redirect", "permanent-redirect" })
        {
            if (Text(name) is { } url && !NginxRedirect.IsUrl(url))
            {
                findings.Note(ingress, Place(name), "ingress-nginx leaves it aside: it is not a URL of http or https");
            }
        }

        Cors?.ListDifferences(ingress, findings);
    }

    private void ListExperiments(FindingList findings)
    {
        if (Session is not null)
        {
            findings.Note(ingress, Place("affinity"),
                "Istio does not apply sessionPersistence yet; the Lab does. Its cookie has the attributes that the gateway gives it");
        }

        Retries?.ListDifferences(ingress, findings);
    }

    private string? Text(string name) =>
        ingress.Metadata.Annotations.TryGetValue(Prefix + name, out var text) && text.Trim().Length > 0 ? text.Trim() : null;

    private string[] List(string name) =>
        Text(name)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    /// <summary>A truth value as Go reads it (<c>strconv.ParseBool</c>); null for anything else.</summary>
    private bool? Flag(string name) => Text(name) switch
    {
        "1" or "t" or "T" or "true" or "TRUE" or "True" => true,
        "0" or "f" or "F" or "false" or "FALSE" or "False" => false,
        _ => null,
    };

    private int? Number(string name) =>
        int.TryParse(Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
