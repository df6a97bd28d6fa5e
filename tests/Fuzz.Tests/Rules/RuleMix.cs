using Bookinfo.Tests.Fuzz.Reference;
using Bookinfo.Tests.Fuzz.Wire;

namespace Bookinfo.Tests.Fuzz.Rules;

public enum Rewrite
{
    None,
    Prefix,
    Regex,
    Authority,
}

public enum Fault
{
    None,
    Delay,
    Abort,
}

/// <summary>
/// Rules for the service <see cref="Service"/>, for the gateway and for sidecars alike, and what they make of a request. Paths below
/// <c>/go/</c> are redirected, below <c>/direct/</c> answered, below <c>/a/</c> treated as the mix says; every other path goes through as
/// it is.
/// </summary>
public sealed record RuleMix(Rewrite Rewrite, Fault Fault, bool ChangesHeaders, bool Mirrors, bool Retries, bool HasCors, bool ToHttp2)
{
    public const string Service = "shop";
    public const string Http2Service = "shop2";
    public const string MirrorService = "shadow";

    /// <summary>The status of an aborted request, which no pod and no other rule gives.</summary>
    public const int AbortStatus = 555;

    private const string NewAuthority = "other.example";
    private const int Attempts = 2;

    /// <summary>
    /// The names that a sidecar knows the service by (<c>pilot/pkg/networking/core/httproute.go: generateVirtualHostDomains</c> of
    /// istio/istio).
    /// </summary>
    private static readonly HashSet<string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        Service, $"{Service}.default", $"{Service}.default.svc", $"{Service}.default.svc.cluster.local",
    };

    /// <summary>No rule but the three fixed routes.</summary>
    public static RuleMix Plain { get; } = new(Rewrite.None, Fault.None, false, false, false, false, false);

    /// <summary>How often a pod may see one request.</summary>
    public int MostTries => Retries ? Attempts + 1 : 1;

    public static RuleMix Draw(Random random) => new(
        (Rewrite)random.Next(4),
        random.Next(6) switch { 0 => Fault.Delay, 1 => Fault.Abort, _ => Fault.None },
        random.Next(2) == 0,
        random.Next(3) == 0,
        random.Next(3) == 0,
        random.Next(3) == 0,
        random.Next(3) == 0);

    /// <summary>The request as a pod may see it.</summary>
    public SentRequest Apply(SentRequest sent)
    {
        var normal = PathNormalization.Apply(sent.Target);
        if (!normal.StartsWith("/a/", StringComparison.Ordinal)
            || !(sent.IsFromOutside || Names.Contains(sent.Authority.Split(':')[0].TrimEnd('.'))))
        {
            return sent with { Target = normal };
        }

        var ruled = sent with
        {
            Target = Rewrite switch { Rewrite.Prefix => $"/b/{normal[3..]}", Rewrite.Regex => SwapFirstSegments(normal), _ => normal },
            Authority = Rewrite == Rewrite.Authority ? NewAuthority : sent.Authority,
        };
        return ChangesHeaders
            ? ruled with
            {
                Fields = [.. ruled.Fields.Where(field => !field.Is("x-remove") && !field.Is("x-set")), new Field("x-set", "by the rule"),
                    new Field("x-add", "added")],
            }
            : ruled;
    }

    public string ToYaml() => $$"""
        apiVersion: networking.istio.io/v1
        kind: Gateway
        metadata: {name: gateway}
        spec:
          selector: {istio: ingressgateway}
          servers:
          - port: {number: 80, name: http, protocol: HTTP}
            hosts: ["*"]
        ---
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: outside}
        spec:
          hosts: ["*"]
          gateways: [gateway]
          http:
        {{Routes}}---
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: inside}
        spec:
          hosts: [{{Service}}]
          http:
        {{Routes}}
        """;

    private string Destination => ToHttp2 ? Http2Service : Service;

    private string Routes => string.Concat(new[]
    {
        "- match: [{uri: {prefix: /go/}}]",
        "  redirect: {authority: elsewhere.example}",
        "- match: [{uri: {prefix: /direct/}}]",
        "  directResponse: {status: 200, body: {string: direct}}",
        "- match: [{uri: {prefix: /a/}}]",
        $"  route: [{{destination: {{host: {Destination}}}}}]",
    }
    .Concat(Parts().Select(part => $"  {part}"))
    .Append($"- route: [{{destination: {{host: {Destination}}}}}]")
    .Select(line => $"  {line}\n"));

    private IEnumerable<string> Parts()
    {
        var rewrite = Rewrite switch
        {
            Rewrite.Prefix => "rewrite: {uri: /b/}",
            Rewrite.Regex => """rewrite: {uriRegexRewrite: {match: "^/a/([^/]*)/([^/]*)", rewrite: "/r/\\2/\\1"}}""",
            Rewrite.Authority => $"rewrite: {{authority: {NewAuthority}}}",
            _ => null,
        };
        var fault = Fault switch
        {
            Fault.Delay => "fault: {delay: {fixedDelay: 1ms, percentage: {value: 50}}}",
            Fault.Abort => $"fault: {{abort: {{httpStatus: {AbortStatus}, percentage: {{value: 30}}}}}}",
            _ => null,
        };
        string?[] parts =
        [
            rewrite,
            fault,
            ChangesHeaders
                ? "headers: {request: {set: {x-set: by the rule}, add: {x-add: added}, remove: [x-remove]}, response: {set: {x-answered: "
                    + "by the mesh}}}" : null,
            Mirrors ? $"mirror: {{host: {MirrorService}}}" : null,
            Retries ? $"retries: {{attempts: {Attempts}, retryOn: 5xx}}" : "retries: {attempts: 0}",
            HasCors ? "corsPolicy: {allowOrigins: [{prefix: http://friend}], allowMethods: [GET, POST], allowHeaders: [x-mine]}" : null,
        ];
        return parts.OfType<string>();
    }

    private static string SwapFirstSegments(string target)
    {
        var question = target.IndexOf('?', StringComparison.Ordinal);
        var (path, query) = question < 0 ? (target, "") : (target[..question], target[question..]);
        return path.Split('/') is ["", "a", { } first, { } second, .. var rest]
            ? $"{string.Join('/', ["", "r", second, first, .. rest])}{query}" : target;
    }
}
