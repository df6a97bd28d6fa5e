using System.Text.RegularExpressions;
using Bookinfo.Mesh.Analysis.Migration.Findings;
using Bookinfo.Mesh.Analysis.Migration.Matching;
using Bookinfo.Mesh.Istio.GatewayApi;
using Bookinfo.Mesh.Istio.Ingresses;
using Bookinfo.Mesh.Istio.Model;

namespace Bookinfo.Mesh.Analysis.Migration.Ingresses;

/// <summary>A policy for cross-origin requests, with ingress-nginx' defaults (<c>internal/ingress/annotations/cors/main.go</c>).</summary>
internal sealed partial record NginxCors
{
    private const string AnyOrigin = "*";
    private const int DefaultMaxAge = 1_728_000;

    private static readonly string[] DefaultMethods = ["GET", "PUT", "POST", "DELETE", "PATCH", "OPTIONS"];

    private static readonly string[] DefaultHeaders =
    [
        "DNT", "Keep-Alive", "User-Agent", "X-Requested-With", "If-Modified-Since", "Cache-Control", "Content-Type", "Range",
        "Authorization",
    ];

    /// <summary>Origins, <c>https://*.example.com</c> among them; none is all.</summary>
    public required IReadOnlyList<string> Origins { get; init; }

    public required IReadOnlyList<string> Methods { get; init; }

    public required IReadOnlyList<string> Headers { get; init; }

    public required IReadOnlyList<string> ExposedHeaders { get; init; }

    public required bool AllowsCredentials { get; init; }

    /// <summary>How long a browser may keep a preflight's answer, in seconds; null is the default.</summary>
    public int? MaxAge { get; init; }

    /// <summary>What it means. Preflights of other origins count as answered: what differs there is told.</summary>
    public CorsPolicy ToPolicy() => new()
    {
        AllowOrigins = [.. Valid().Select(Origin)],
        AllowMethods = Methods.Count > 0 ? Methods : DefaultMethods,
        AllowHeaders = Headers.Count > 0 ? Headers : DefaultHeaders,
        ExposeHeaders = ExposedHeaders,
        AllowCredentials = AllowsCredentials ? true : null,
        MaxAge = TimeSpan.FromSeconds(MaxAge ?? DefaultMaxAge),
        UnmatchedPreflights = UnmatchedPreflights.Ignore,
    };

    /// <summary>Tells what is not quite the same.</summary>
    public void ListDifferences(Ingress ingress, FindingList findings)
    {
        findings.Note(ingress, NginxAnnotations.Place("enable-cors"), Origins.Count == 0 || Origins.Contains(AnyOrigin)
            ? "an OPTIONS request that is not a preflight reaches the service; ingress-nginx answers it"
            : "a preflight of another origin is answered, without headers of CORS; with ingress-nginx it reaches the service");
        foreach (var origin in Origins.Except(Valid()).Where(_ => !Origins.Contains(AnyOrigin)))
        {
            findings.Note(ingress, NginxAnnotations.Place("cors-allow-origin"),
                $"ingress-nginx leaves {origin} aside: it is not a scheme with a host");
        }

        if (Valid().Any(origin => origin.Length > 1 && origin.Contains(AnyOrigin, StringComparison.Ordinal)))
        {
            findings.Note(ingress, NginxAnnotations.Place("cors-allow-origin"),
                "* stands for any number of labels; for ingress-nginx it stands for one");
        }
    }

    private IEnumerable<string> Valid() => Origins.Count == 0 || Origins.Contains(AnyOrigin) ? [AnyOrigin]
        : Origins.Where(origin => OriginText().IsMatch(origin));

    private static StringMatch Origin(string origin) => origin switch
    {
        AnyOrigin => new StringMatch { Regex = CorsFilter.AnyOrigin },
        _ when !origin.Contains('*', StringComparison.Ordinal) => new StringMatch { Exact = origin },
        _ => new StringMatch { Regex = $"^{string.Join(".*", origin.Split('*').Select(Re2Text.Escape))}$" },
    };

    [GeneratedRegex(@"^[a-z]+://(\*\.)?[A-Za-z0-9\-.]+(:\d+)?$")]
    private static partial Regex OriginText();
}
