using System.Globalization;
using Bookinfo.Mesh.Analysis.Migration.Findings;
using Bookinfo.Mesh.Istio.Ingresses;

namespace Bookinfo.Mesh.Analysis.Migration.Ingresses;

/// <summary>
/// The annotations by which an Ingress tells ingress-nginx more than its fields can say
/// (<c>docs/user-guide/nginx-configuration/annotations.md</c> of kubernetes/ingress-nginx).
/// </summary>
internal sealed class NginxAnnotations(Ingress ingress)
{
    private const string Prefix = "nginx.ingress.kubernetes.io/";

    private static readonly HashSet<string> Known =
    [
        "app-root", "backend-protocol", "canary", "canary-by-header", "canary-by-header-value", "canary-weight", "canary-weight-total",
        "force-ssl-redirect", "permanent-redirect", "permanent-redirect-code", "proxy-read-timeout", "rewrite-target", "server-alias",
        "ssl-redirect", "temporal-redirect", "upstream-vhost", "use-regex",
    ];

    /// <summary>What one would lose, by the beginning of the annotation's name.</summary>
    private static readonly (string Name, string Loss, string Advice)[] Losses =
    [
        ("whitelist-source-range", "requests of all addresses are let in", "write an AuthorizationPolicy with ipBlocks"),
        ("denylist-source-range", "requests of all addresses are let in", "write an AuthorizationPolicy with notIpBlocks"),
        ("auth-", "requests are no longer authenticated", "write a RequestAuthentication and an AuthorizationPolicy"),
        ("limit-", "there is no limit of requests", "limit them where the requests are served"),
        ("cors-", "browsers are not told which origins are allowed", "add a CORS filter"),
        ("enable-cors", "browsers are not told which origins are allowed", "add a CORS filter"),
        ("affinity", "requests of one caller go to any pod", "write a DestinationRule with consistentHash"),
        ("session-cookie-", "requests of one caller go to any pod", "write a DestinationRule with consistentHash"),
        ("canary-by-cookie", "a cookie no longer chooses the canary", "choose it by a header"),
        ("proxy-body-size", "bodies of any size are let in", "limit them where the requests are served"),
        ("proxy-next-upstream", "failed requests are retried as Istio does by default", "retries are of the experimental channel"),
        ("mirror-", "no copies are sent", "add a RequestMirror filter"),
    ];

    public bool IsCanary => Flag("canary");

    public bool UsesExpressions => Flag("use-regex") || RewriteTarget is not null;

    public string? RewriteTarget => Text("rewrite-target");

    public bool ForcesHttps => Flag("force-ssl-redirect");

    public string? AppRoot => Text("app-root");

    public string? UpstreamVhost => Text("upstream-vhost");

    public bool IsGrpc => Text("backend-protocol")?.ToUpperInvariant() is "GRPC" or "GRPCS";

    public string? CanaryHeader => Text("canary-by-header");

    public string? CanaryHeaderValue => Text("canary-by-header-value");

    public int CanaryWeight => Number("canary-weight") ?? 0;

    public int CanaryWeightTotal => Number("canary-weight-total") ?? 100;

    public TimeSpan? ReadTimeout => Number("proxy-read-timeout") is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    public IReadOnlyList<string> ServerAliases =>
        Text("server-alias")?.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    /// <summary>The URL that requests are led to, with its status; null for none.</summary>
    public (Uri Url, int Status)? Redirect =>
        Uri.TryCreate(Text("temporal-redirect"), UriKind.Absolute, out var temporary) ? (temporary, 302)
        : Uri.TryCreate(Text("permanent-redirect"), UriKind.Absolute, out var permanent)
            ? (permanent, Number("permanent-redirect-code") ?? 301)
        : null;

    /// <summary>Lists what has no counterpart.</summary>
    public void List(FindingList findings)
    {
        foreach (var name in ingress.Metadata.Annotations.Keys.Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            var own = name[Prefix.Length..];
            if (Known.Contains(own))
            {
                continue;
            }

            var loss = Losses.FirstOrDefault(each => own.StartsWith(each.Name, StringComparison.Ordinal));
            findings.Lost(ingress, Place(own), loss.Loss ?? "the annotation has no counterpart, and does nothing any more", loss.Advice);
        }

        if (ReadTimeout is not null)
        {
            findings.Note(ingress, Place("proxy-read-timeout"),
                "the time holds for the whole request; for ingress-nginx it is the time between two reads of the answer");
        }

        if (Text("backend-protocol")?.ToUpperInvariant() is { } protocol and not ("HTTP" or "GRPC"))
        {
            findings.Lost(ingress, Place("backend-protocol"), $"pods are not spoken to by {protocol}", "write a DestinationRule with tls");
        }

        if (ingress.Tls.Count > 0)
        {
            findings.Lost(ingress, "spec.tls", "the hosts are served without TLS, and requests are not led to https",
                "add a listener of the protocol HTTPS with the Secret in certificateRefs, and lead the others there by a RequestRedirect");
        }
    }

    /// <summary>Where an annotation stands.</summary>
    public static string Place(string name) => $"metadata.annotations[\"{Prefix}{name}\"]";

    private string? Text(string name) =>
        ingress.Metadata.Annotations.TryGetValue(Prefix + name, out var text) && text.Trim().Length > 0 ? text.Trim() : null;

    private bool Flag(string name) => string.Equals(Text(name), "true", StringComparison.OrdinalIgnoreCase);

    private int? Number(string name) =>
        int.TryParse(Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
