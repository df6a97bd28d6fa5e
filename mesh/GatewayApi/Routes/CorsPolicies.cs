using System.Text.RegularExpressions;
using Bookinfo.Mesh.Istio.Model;
using Api = Bookinfo.Mesh.Istio.GatewayApi;

namespace Bookinfo.Mesh.GatewayApi.Routes;

/// <summary>Turns a CORS filter into a CORS policy (<c>conversion.go: createCorsFilter</c>).</summary>
internal static class CorsPolicies
{
    /// <summary>What the API server writes where a filter names no age.</summary>
    private const int DefaultMaxAge = 5;

    public static CorsPolicy Of(Api.CorsFilter filter) => new()
    {
        AllowOrigins = [.. filter.AllowOrigins.Select(Origin)],
        AllowCredentials = filter.AllowCredentials == true ? true : null,
        AllowMethods = filter.AllowMethods,
        AllowHeaders = filter.AllowHeaders,
        ExposeHeaders = filter.ExposeHeaders,
        MaxAge = TimeSpan.FromSeconds(filter.MaxAge ?? DefaultMaxAge),
        UnmatchedPreflights = UnmatchedPreflights.Ignore,
    };

    private static StringMatch Origin(string origin) => origin switch
    {
        "*" => new StringMatch { Regex = Api.CorsFilter.AnyOrigin },
        _ when !origin.Contains('*', StringComparison.Ordinal) => new StringMatch { Exact = origin },
        _ when origin.IndexOf('*', StringComparison.Ordinal) == origin.Length - 1 => new StringMatch { Prefix = origin[..^1] },
        _ => new StringMatch { Regex = $"^{string.Join(".*", origin.Split('*').Select(Regex.Escape))}$" },
    };
}
