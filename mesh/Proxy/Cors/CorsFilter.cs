using System.Globalization;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Proxy.Matching;
using Bookinfo.Mesh.Proxy.Requests;
using Bookinfo.Mesh.Proxy.Telemetry;
using Microsoft.AspNetCore.Http;

namespace Bookinfo.Mesh.Proxy.Cors;

/// <summary>
/// Cross-origin requests of browsers (<c>route.go: TranslateCORSPolicy; source/extensions/filters/http/cors/cors_filter.cc</c> of
/// envoyproxy/envoy).
/// </summary>
internal sealed class CorsFilter(CorsPolicy policy)
{
    private readonly StringMatcher?[] _origins = [.. policy.AllowOrigins.Select(origin => StringMatchers.Create(origin))];
    private readonly bool _answersUnmatched = policy.UnmatchedPreflights == UnmatchedPreflights.Ignore;
    private readonly bool _allowsCredentials = policy.AllowCredentials == true;
    private readonly string _methods = ListOf(policy.AllowMethods);
    private readonly string _headers = ListOf(policy.AllowHeaders);
    private readonly string _exposed = ListOf(policy.ExposeHeaders);
    private readonly string? _maxAge = policy.MaxAge is { } age ? ((long)age.TotalSeconds).ToString(CultureInfo.InvariantCulture) : null;

    /// <summary>What it does, for explanations.</summary>
    public CorsPolicy Policy => policy;

    /// <summary>Answers a preflight; true where the request is answered with it.</summary>
    public async ValueTask<bool> AnswerAsync(Exchange exchange)
    {
        var request = exchange.Context.Request;
        var origin = request.Headers.Origin.ToString();
        if (origin.Length == 0)
        {
            return false;
        }

        var allowed = Allows(origin) ? origin : null;
        var isPreflight = request.Method == HttpMethods.Options && request.Headers.AccessControlRequestMethod.ToString().Length > 0;
        if (isPreflight && (allowed is not null || _answersUnmatched))
        {
            await RespondAsync(exchange, allowed);
            return true;
        }

        if (allowed is not null)
        {
            exchange.AddResponseFilter(new AllowedResponse(this, allowed));
        }

        return false;
    }

    /// <summary>An origin that the text <c>*</c> matches stands for all of them (<c>cors_filter.cc: isOriginAllowed</c>).</summary>
    private bool Allows(string origin) =>
        Array.Exists(_origins, matcher => matcher is null || matcher.Matches("*") || matcher.Matches(HttpSyntax.ToText(origin)));

    /// <summary>
    /// Answers a preflight. The filter's own answer does not pass the router, so the route's header changes do not touch it; one from an
    /// origin that is not allowed lacks only the origin (<c>cors_filter.cc: decodeHeaders</c>).
    /// </summary>
    private async Task RespondAsync(Exchange exchange, string? allowedOrigin)
    {
        var request = exchange.Context.Request.Headers;
        await LocalReply.SendPlainAsync(exchange, 200, "", ResponseFlags.None, "cors_response");
        var headers = exchange.Context.Response.Headers;
        if (allowedOrigin is not null)
        {
            new AllowedResponse(this, allowedOrigin).Apply(headers);
        }

        Set(headers, "access-control-allow-credentials", _allowsCredentials ? "true" : null);
        Set(headers, "access-control-allow-methods",
            _methods == "*" ? request.AccessControlRequestMethod.ToString() : _methods);
        Set(headers, "access-control-allow-headers",
            _headers == "*" ? request.AccessControlRequestHeaders.ToString() : _headers);
        Set(headers, "access-control-max-age", _maxAge);
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
    private sealed class AllowedResponse(CorsFilter filter, string origin) : IResponseFilter
    {
        public void Apply(IHeaderDictionary headers)
        {
            headers.AccessControlAllowOrigin = origin;
            Set(headers, "access-control-allow-credentials", filter._allowsCredentials ? "true" : null);
            Set(headers, "access-control-expose-headers", filter._exposed);
        }
    }
}
