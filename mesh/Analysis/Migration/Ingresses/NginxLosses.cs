namespace Bookinfo.Mesh.Analysis.Migration.Ingresses;

/// <summary>
/// Annotations of ingress-nginx without a counterpart, by the beginning of their names, and what one loses with them
/// (<c>docs/user-guide/nginx-configuration/annotations.md</c> of kubernetes/ingress-nginx).
/// </summary>
internal static class NginxLosses
{
    private const string Unauthenticated = "requests are no longer authenticated";
    private const string AnyPod = "requests of one caller go to any pod";
    private const string Unlimited = "there is no limit of requests";
    private const string Buffers = "the gateway has buffers of its own";

    private static readonly (string Name, string Loss, string? Advice)[] All =
    [
        ("affinity", AnyPod, "write a DestinationRule with consistentHash"),
        ("auth-tls-", "callers no longer need a certificate", "add tls.frontend to the Gateway, or a PeerAuthentication"),
        ("auth-", Unauthenticated, "write a RequestAuthentication and an AuthorizationPolicy"),
        ("canary-", "it has no effect without a canary's other annotations", null),
        ("client-body-buffer-size", Buffers, null),
        ("configuration-snippet", "the directives do nothing any more", "write them as filters, or into the service"),
        ("connection-proxy-header", "the header Connection is the gateway's own", null),
        ("cors-", "it has no effect without enable-cors", null),
        ("custom-headers", "the headers are no longer added to responses", "add a ResponseHeaderModifier filter"),
        ("custom-http-errors", "errors are answered as the service answers them", "answer them in the service"),
        ("default-backend", "requests are answered 503 where the service has no pods", "answer them in the service"),
        ("denylist-source-range", "requests of all addresses are let in", "write an AuthorizationPolicy with notIpBlocks"),
        ("enable-global-auth", Unauthenticated, "write a RequestAuthentication and an AuthorizationPolicy"),
        ("enable-modsecurity", "there is no web application firewall", "put one before the gateway"),
        ("enable-owasp-core-rules", "there is no web application firewall", "put one before the gateway"),
        ("limit-", Unlimited, "write an EnvoyFilter with a local rate limit, or limit requests where they are served"),
        ("load-balance", "the gateway picks pods as Istio does", "write a DestinationRule with loadBalancer"),
        ("mirror-", "no copies are sent", "add a RequestMirror filter, which names a Service"),
        ("modsecurity-", "there is no web application firewall", "put one before the gateway"),
        ("proxy-body-size", "bodies of any size are let in", "limit them where they are read"),
        ("proxy-buffer", Buffers, null),
        ("proxy-busy-buffers-size", Buffers, null),
        ("proxy-connect-timeout", "connecting may take as long as Istio lets it: 10 seconds",
            "write a DestinationRule with connectionPool.tcp.connectTimeout"),
        ("proxy-cookie-", "cookies are handed on as the service sets them", "set them in the service"),
        ("proxy-http-version", "pods are spoken to by HTTP/1.1", null),
        ("proxy-max-temp-file-size", Buffers, null),
        ("proxy-next-upstream", "failed requests are retried as Istio does by default", "write retries into a VirtualService"),
        ("proxy-redirect-", "redirects are handed on as the service writes them", "write them in the service"),
        ("proxy-request-buffering", Buffers, null),
        ("proxy-send-timeout", "there is no time limit for sending a request", "add timeouts.request"),
        ("proxy-ssl-", "the certificate of the pods is not checked", "write a BackendTLSPolicy"),
        ("satisfy", Unauthenticated, "write an AuthorizationPolicy"),
        ("server-snippet", "the directives do nothing any more", "write them as filters, or into the service"),
        ("session-cookie-", AnyPod, "write a DestinationRule with consistentHash"),
        ("ssl-ciphers", "the ciphers are the gateway's own", "write spec.listeners[].tls.options"),
        ("stream-snippet", "the directives do nothing any more", null),
        ("upstream-hash-by", "the gateway picks pods as Istio does", "write a DestinationRule with consistentHash"),
        ("whitelist-source-range", "requests of all addresses are let in", "write an AuthorizationPolicy with ipBlocks"),
        ("allowlist-source-range", "requests of all addresses are let in", "write an AuthorizationPolicy with ipBlocks"),
        ("x-forwarded-prefix", "it has no effect without rewrite-target", null),
    ];

    /// <summary>What one loses with an annotation, and what to do about it.</summary>
    /// <param name="name">The annotation's name, without the controller's prefix.</param>
    public static (string Loss, string? Advice) Of(string name)
    {
        var (known, loss, advice) = Array.Find(All, each => name.StartsWith(each.Name, StringComparison.Ordinal));
        return known is null ? ("the annotation has no counterpart, and does nothing any more", null) : (loss, advice);
    }
}
