using Bookinfo.Mesh.Analysis.Migration.Findings;
using Bookinfo.Mesh.Analysis.Migration.Matching;
using Bookinfo.Mesh.Istio.Model;
using Api = Bookinfo.Mesh.Istio.GatewayApi;

namespace Bookinfo.Mesh.Analysis.Migration.Conversion;

/// <summary>Reads a policy for cross-origin requests as a filter.</summary>
internal sealed class CorsReader(VirtualService service, string path, FindingList findings)
{
    /// <summary>The age that the API server writes where a filter names none, in seconds.</summary>
    private const int DefaultMaxAge = 5;

    public Api.CorsFilter Read(CorsPolicy policy)
    {
        if (policy.UnmatchedPreflights != UnmatchedPreflights.Ignore)
        {
            findings.Lost(service, path, "a preflight of another origin is answered by the mesh and no longer reaches the service",
                "the Gateway API answers every preflight");
        }

        if (policy.MaxAge is null)
        {
            findings.Lost(service, path, $"browsers are told to keep the answer of a preflight for {DefaultMaxAge} seconds",
                "the API server writes this age where there is none");
        }

        return new Api.CorsFilter
        {
            AllowOrigins = [.. policy.AllowOrigins.Select(Origin).OfType<string>()],
            AllowCredentials = policy.AllowCredentials == true ? true : null,
            AllowMethods = policy.AllowMethods,
            AllowHeaders = policy.AllowHeaders,
            ExposeHeaders = policy.ExposeHeaders,
            MaxAge = policy.MaxAge is { } age ? Math.Max(1, (int)age.TotalSeconds) : null,
        };
    }

    private string? Origin(StringMatch origin, int index)
    {
        if (origin.Exact is { } exact)
        {
            return exact;
        }

        if (origin.Prefix is { } prefix && !prefix.Contains('*', StringComparison.Ordinal))
        {
            return $"{prefix}*";
        }

        if (origin.Regex is { } regex && Wildcards(regex) is { } wildcards)
        {
            return wildcards;
        }

        findings.Lost(service, $"{path}.allowOrigins[{index}]", "requests of these origins are no longer allowed",
            "write the origins out, or with * for any text");
        return null;
    }

    /// <summary>The origin with <c>*</c> that istiod makes this expression of; null where there is none.</summary>
    private static string? Wildcards(string regex)
    {
        if (regex == Api.CorsFilter.AnyOrigin)
        {
            return "*";
        }

        var origin = regex.Trim('^', '$').Replace(".*", "*", StringComparison.Ordinal).Replace(@"\.", ".", StringComparison.Ordinal);
        return regex == $"^{string.Join(".*", origin.Split('*').Select(Re2Text.Escape))}$"
            && (origin.StartsWith("http://", StringComparison.Ordinal) || origin.StartsWith("https://", StringComparison.Ordinal))
            ? origin : null;
    }
}
