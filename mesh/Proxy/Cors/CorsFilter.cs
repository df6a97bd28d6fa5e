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
    private readonly bool _allowsCredentials = policy.AllowCredentials == true;
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

        exchange.AddResponseFilter(new AllowedResponse(this, HttpSyntax.ToResponseValue(origin), isPreflight));
        return isPreflight && await RespondAsync(exchange);
    }

    private static async ValueTask<bool> RespondAsync(Exchange exchange)
    {
        await LocalReply.SendAsync(exchange, 200, "", ResponseFlags.None, "cors_response");
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

    /// <summary>Adds what a browser wants to see in the answer to an allowed origin (<c>cors_filter.cc: encodeHeaders</c>).</summary>
    private sealed class AllowedResponse(CorsFilter filter, string origin, bool isPreflight) : IResponseFilter
    {
        public void Apply(IHeaderDictionary headers)
        {
            headers.AccessControlAllowOrigin = origin;
            if (filter._allowsCredentials)
            {
                headers.AccessControlAllowCredentials = "true";
            }

            if (isPreflight)
            {
                Set(headers, "access-control-allow-methods", filter._methods);
                Set(headers, "access-control-allow-headers", filter._headers);
                Set(headers, "access-control-max-age", filter._maxAge);
            }
            else
            {
                Set(headers, "access-control-expose-headers", filter._exposed);
            }
        }
    }
}
