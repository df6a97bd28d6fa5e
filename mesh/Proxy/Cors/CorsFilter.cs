using System.Globalization;
using Bookinfo.Mesh.Istio;
using Bookinfo.Mesh.Proxy.Matching;
using Bookinfo.Mesh.Proxy.Requests;
using Bookinfo.Mesh.Proxy.Telemetry;
using Microsoft.AspNetCore.Http;

namespace Bookinfo.Mesh.Proxy.Cors;

/// <summary>Cross-origin requests of browsers (<c>route.go: TranslateCORSPolicy; source/extensions/filters/http/cors/cors_filter.cc</c> of envoyproxy/envoy).</summary>
internal sealed class CorsFilter(CorsPolicy policy)
{
    private readonly StringMatcher?[] _origins = [.. policy.AllowOrigins.Select(origin => StringMatchers.Create(origin))];
    private readonly string _methods = ListOf(policy.AllowMethods);
    private readonly string _headers = ListOf(policy.AllowHeaders);
    private readonly string _exposed = ListOf(policy.ExposeHeaders);
    private readonly string? _maxAge = policy.MaxAge is { } age ? ((long)age.TotalSeconds).ToString(CultureInfo.InvariantCulture) : null;

    /// <summary>Answers a preflight; true where the request is answered with it.</summary>
    public async ValueTask<bool> AnswerAsync(Exchange exchange)
    {
        var request = exchange.Context.Request;
        var origin = request.Headers.Origin.ToString();
        if (origin.Length == 0)
        {
            return false;
        }

        var isPreflight = request.Method == HttpMethods.Options && request.Headers.AccessControlRequestMethod.Count > 0;
        if (!Array.Exists(_origins, matcher => matcher is null || matcher.Matches(origin)))
        {
            return isPreflight && policy.UnmatchedPreflights == UnmatchedPreflights.Ignore && await RespondAsync(exchange);
        }

        exchange.AllowedOrigin = origin;
        return isPreflight && await RespondAsync(exchange);
    }

    /// <summary>Adds what a browser wants to see.</summary>
    public void Decorate(Exchange exchange, IHeaderDictionary headers)
    {
        if (exchange.AllowedOrigin is not { } origin)
        {
            return;
        }

        headers.AccessControlAllowOrigin = HttpSyntax.ToResponseValue(origin);
        if (policy.AllowCredentials == true)
        {
            headers.AccessControlAllowCredentials = "true";
        }

        if (exchange.Details == PreflightDetails)
        {
            Set(headers, "access-control-allow-methods", _methods);
            Set(headers, "access-control-allow-headers", _headers);
            Set(headers, "access-control-max-age", _maxAge);
        }
        else
        {
            Set(headers, "access-control-expose-headers", _exposed);
        }
    }

    private const string PreflightDetails = "cors_response";

    private static async ValueTask<bool> RespondAsync(Exchange exchange)
    {
        await LocalReply.SendAsync(exchange, 200, "", ResponseFlags.None, PreflightDetails);
        return true;
    }

    private static string ListOf(IEnumerable<string> values) => HttpSyntax.CheckFieldValue(string.Join(',', values));

    private static void Set(IHeaderDictionary headers, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            headers[name] = value;
        }
    }
}
