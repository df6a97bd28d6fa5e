using Bookinfo.Mesh.Proxy.Model;
using Bookinfo.Tests.Conformance.Harness;

namespace Bookinfo.Tests.Conformance.GatewayApi;

/// <summary>
/// Sessions as GEP-1619 has them, and as Envoy's stateful session filter keeps them (<c>source/extensions/http/stateful_session</c>,
/// <c>test/extensions/filters/http/stateful_session/stateful_session_integration_test.cc</c> of envoyproxy/envoy).
/// </summary>
public sealed class SessionPersistenceTests : IAsyncLifetime
{
    private readonly Clock _clock = new();
    private EchoMesh _mesh = null!;

    public async ValueTask InitializeAsync() => _mesh = await EchoMesh.StartAsync(
        [EchoApp.Of("a"), EchoApp.Of("one", pods: 3), EchoApp.Of("two", pods: 3)],
        [new MeshService("one", 9080), new MeshService("two", 9080)],
        options => options with { Time = _clock });

    public ValueTask DisposeAsync() => _mesh.DisposeAsync();

    [Fact]
    public async Task Cookie_WithFurtherRequests_LeadsToOnePodOfOneBackend()
    {
        Begin("{sessionName: s}");
        var first = await SendAsync();
        var cookie = first.Headers["Set-Cookie"];

        Assert.Matches("^s=[A-Za-z0-9_-]+; Path=/; HttpOnly$", cookie);
        for (var i = 0; i < 30; i++)
        {
            var next = await SendAsync("cookie", cookie.Split(';')[0]);
            Assert.Equal(first.Echo!.Pod, next.Echo!.Pod);
            Assert.DoesNotContain("Set-Cookie", next.Headers.Keys);
        }
    }

    [Fact]
    public async Task Cookie_Absent_EachRequestGoesItsOwnWay()
    {
        Begin("{}");
        var pods = new HashSet<string>();
        for (var i = 0; i < 60; i++)
        {
            var reply = await SendAsync();
            pods.Add(reply.Echo!.Pod);
            Assert.StartsWith("session-default.route.0=", reply.Headers["Set-Cookie"], StringComparison.Ordinal);
        }

        Assert.Equal(6, pods.Count);
    }

    [Fact]
    public async Task Header_WithFurtherRequests_LeadsToOnePod()
    {
        Begin("{sessionName: x-session, type: Header}");
        var first = await SendAsync();

        for (var i = 0; i < 30; i++)
        {
            var next = await SendAsync("x-session", first.Headers["x-session"]);
            Assert.Equal(first.Echo!.Pod, next.Echo!.Pod);
            Assert.DoesNotContain("x-session", next.Headers.Keys);
        }
    }

    [Fact]
    public async Task AbsoluteTimeout_Over_BeginsAnotherSession()
    {
        Begin("{sessionName: s, absoluteTimeout: 1h, cookieConfig: {lifetimeType: Permanent}}");
        var cookie = (await SendAsync()).Headers["Set-Cookie"];
        Assert.Matches("^s=[A-Za-z0-9_-]+; Max-Age=3600; Path=/; HttpOnly$", cookie);

        _clock.Advance(TimeSpan.FromSeconds(3599));
        Assert.DoesNotContain("Set-Cookie", (await SendAsync("cookie", cookie.Split(';')[0])).Headers.Keys);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Contains("Set-Cookie", (await SendAsync("cookie", cookie.Split(';')[0])).Headers.Keys);
    }

    [Fact]
    public async Task Pod_ThatIsEjected_IsLeftForAnotherOne()
    {
        Begin("{sessionName: s}", """

            ---
            apiVersion: networking.istio.io/v1
            kind: DestinationRule
            metadata: {name: one}
            spec:
              host: one
              trafficPolicy: {outlierDetection: {consecutive5xxErrors: 1, maxEjectionPercent: 100, baseEjectionTime: 60s}}
            """, "[{name: one, port: 9080}]");
        var first = await SendAsync();
        var cookie = first.Headers["Set-Cookie"].Split(';')[0];
        _mesh.Pod(first.Echo!.Pod).Fail(500);
        Assert.Equal(500, (await SendAsync("cookie", cookie)).Status);

        var next = await SendAsync("cookie", cookie);
        Assert.NotEqual(first.Echo.Pod, next.Echo!.Pod);
        Assert.NotEqual(cookie, next.Headers["Set-Cookie"].Split(';')[0]);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("!!!")]
    [InlineData("b3V0Ym91bmR8OTA4MHx8b25lCjEuMi4zLjQ6ODAKMA")]
    public async Task Token_ThatNamesNoPod_BeginsASession(string token)
    {
        Begin("{sessionName: s}");
        var reply = await SendAsync("cookie", $"s={token}");

        Assert.Equal(200, reply.Status);
        Assert.Contains("Set-Cookie", reply.Headers.Keys);
    }

    private void Begin(string session, string more = "", string backends = "[{name: one, port: 9080}, {name: two, port: 9080}]") =>
        _mesh.Begin($"""
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {"{"}name: route{"}"}
            spec:
              parentRefs: [{"{"}group: "", kind: Service, name: one{"}"}]
              rules:
              - sessionPersistence: {session}
                backendRefs: {backends}
            """ + more);

    private Task<Reply> SendAsync(string? header = null, string? value = null) => _mesh.SendAsync(new Call
    {
        Url = "http://one:9080/",
        Headers = header is null ? new Dictionary<string, string>() : new Dictionary<string, string> { [header] = value! },
    });
}
