using Bookinfo.Tests.Proxy.Support;

namespace Bookinfo.Tests.Proxy.Wire;

/// <summary>Cross-origin requests, as <c>source/extensions/filters/http/cors/cors_filter.cc</c> of envoyproxy/envoy treats them.</summary>
public sealed class CorsTests
{
    private static async Task<TestMesh> StartAsync(string policy, string headers = "")
    {
        var mesh = new TestMesh();
        await mesh.AddAsync("reviews", "v1");
        await mesh.StartAsync($$"""
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: reviews}
            spec:
              hosts: [reviews]
              http:
              - corsPolicy: { {{policy}} }
                headers: {response: {set: { {{headers}} } } }
                route: [{destination: {host: reviews} }]
            """);
        return mesh;
    }

    private static async Task<HttpResponseMessage> SendAsync(TestMesh mesh, string method, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "http://reviews:9080/");
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await mesh.Client().SendAsync(request);
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? string.Join("|", values) : null;

    [Theory]
    [InlineData("allowOrigins: [{exact: '*'}]", "https://a.example", "https://a.example")]
    [InlineData("allowOrigins: [{exact: https://a.example}]", "https://a.example", "https://a.example")]
    [InlineData("allowOrigins: [{exact: https://a.example}]", "https://b.example", null)]
    public async Task Request_FromAnOrigin_AllowedWhereItMatches(string policy, string origin, string? expected)
    {
        await using var mesh = await StartAsync(policy);

        var response = await SendAsync(mesh, "GET", ("Origin", origin));

        Assert.Equal("reviews-v1-0", await response.Content.ReadAsStringAsync());
        Assert.Equal(expected, Header(response, "access-control-allow-origin"));
    }

    [Fact]
    public async Task Request_RouteSetsTheSameHeader_TheFilterHasTheLastWord()
    {
        await using var mesh = await StartAsync("allowOrigins: [{exact: https://a.example}]",
            "access-control-allow-origin: 'https://route.example'");

        Assert.Equal("https://a.example",
            Header(await SendAsync(mesh, "GET", ("Origin", "https://a.example")), "access-control-allow-origin"));
    }

    [Fact]
    public async Task Preflight_Allowed_AnsweredWithoutTheRoutesChanges()
    {
        await using var mesh = await StartAsync(
            "allowOrigins: [{exact: https://a.example}], allowMethods: [GET, PUT], allowHeaders: [x-a], exposeHeaders: [x-b], maxAge: 60s, "
                + "allowCredentials: true",
            "x-route: seen");

        var response = await SendAsync(mesh, "OPTIONS", ("Origin", "https://a.example"), ("Access-Control-Request-Method", "PUT"));

        Assert.Equal(0, mesh.Backends[0].Requests);
        Assert.Equal("https://a.example", Header(response, "access-control-allow-origin"));
        Assert.Equal("true", Header(response, "access-control-allow-credentials"));
        Assert.Equal("GET,PUT", Header(response, "access-control-allow-methods"));
        Assert.Equal("x-a", Header(response, "access-control-allow-headers"));
        Assert.Equal("x-b", Header(response, "access-control-expose-headers"));
        Assert.Equal("60", Header(response, "access-control-max-age"));
        Assert.Null(Header(response, "x-route"));
    }

    [Fact]
    public async Task Preflight_EveryMethodAndHeaderAllowed_TheAskedOnesComeBack()
    {
        await using var mesh = await StartAsync("allowOrigins: [{exact: '*'}], allowMethods: ['*'], allowHeaders: ['*']");

        var response = await SendAsync(mesh, "OPTIONS",
            ("Origin", "https://a.example"), ("Access-Control-Request-Method", "PATCH"), ("Access-Control-Request-Headers", "x-one,x-two"));

        Assert.Equal("PATCH", Header(response, "access-control-allow-methods"));
        Assert.Equal("x-one,x-two", Header(response, "access-control-allow-headers"));
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData(", unmatchedPreflights: FORWARD", 1)]
    [InlineData(", unmatchedPreflights: IGNORE", 0)]
    public async Task Preflight_OriginNotAllowed_ForwardedUnlessTheRuleSaysIgnore(string setting, int requestsAtThePod)
    {
        await using var mesh = await StartAsync($"allowOrigins: [{{exact: https://a.example}}], allowMethods: [PUT]{setting}");

        var response = await SendAsync(mesh, "OPTIONS", ("Origin", "https://b.example"), ("Access-Control-Request-Method", "PUT"));

        Assert.Equal(requestsAtThePod, mesh.Backends[0].Requests);
        Assert.Null(Header(response, "access-control-allow-origin"));
        Assert.Equal(requestsAtThePod == 0 ? "PUT" : null, Header(response, "access-control-allow-methods"));
    }
}
