using System.Net;

namespace Bookinfo.Tests.TrafficConsole.Api;

public sealed class ShiftApiTests : IAsyncLifetime
{
    private readonly RunningConsole _console = new();

    public ValueTask InitializeAsync() => _console.InitializeAsync();

    [Fact]
    public async Task Post_TenPercent_ChangesTheWeightsInForceAndTellsThem()
    {
        var answer = await ShiftAsync("reviews", """{"release":"v2","percent":10}""");

        Assert.Equal("""200 [{"release":"v1","percent":90},{"release":"v2","percent":10}]""", answer);
        var rules = await _console.Client.GetStringAsync(new Uri("/api/rules", UriKind.Relative));
        Assert.Contains("weight: 90", rules, StringComparison.Ordinal);
        Assert.Contains("weight: 10", rules, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_AgainAndAgain_Adds()
    {
        for (var step = 1; step < 10; step++)
        {
            Assert.Contains($$"""{"release":"v2","percent":{{step * 10}}}""",
                await ShiftAsync("reviews", """{"release":"v2","percent":10}"""), StringComparison.Ordinal);
        }

        Assert.Equal("""200 [{"release":"v2","percent":100}]""", await ShiftAsync("reviews", """{"release":"v2","percent":10}"""));
    }

    [Fact]
    public async Task Post_Everything_ReachesTheRelease()
    {
        Assert.Equal("v1", await _console.AskReviewsAsync());

        await ShiftAsync("reviews", """{"release":"v2","percent":100}""");

        Assert.Equal("v2", await _console.AskReviewsAsync());
    }

    [Fact]
    public async Task Post_RouteOfTheGatewayApiInForce_IsRefusedAndNamesIt()
    {
        using var put = await _console.SendAsync(HttpMethod.Patch, "/api/rules", """
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: own}
            spec:
              parentRefs: [{group: "", kind: Service, name: reviews}]
              rules: [{backendRefs: [{name: reviews, port: 9080}]}]
            """);

        Assert.Contains("HTTPRoute/own routes the calls to reviews", await ShiftAsync("reviews", """{"release":"v2","percent":10}"""),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_RuleForOneUser_StaysAsItIs()
    {
        await _console.SendAsync(HttpMethod.Put, "/api/rules", """
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata:
              name: reviews
            spec:
              hosts: [reviews]
              http:
              - match:
                - headers: {end-user: {exact: jason}}
                route:
                - destination: {host: reviews, subset: v2}
              - route:
                - destination: {host: reviews, subset: v1}
            """);

        await ShiftAsync("reviews", """{"release":"v2","percent":25}""");

        var rules = await _console.Client.GetStringAsync(new Uri("/api/rules", UriKind.Relative));
        Assert.Contains("exact: jason", rules, StringComparison.Ordinal);
        Assert.Contains("weight: 75", rules, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("orders", """{"release":"v2","percent":10}""", HttpStatusCode.NotFound, "There is no service orders")]
    [InlineData("reviews", """{"release":"v2","percent":0}""", HttpStatusCode.BadRequest, "percent is 0; it should be a whole number from "
        + "1 to 100.")]
    [InlineData("reviews", """{"release":"v2","percent":101}""", HttpStatusCode.BadRequest, "percent is 101")]
    [InlineData("reviews", """{"release":"v9","percent":10}""", HttpStatusCode.Conflict, "No DestinationRule for reviews has a subset with "
        + "the label version: v9.")]
    public async Task Post_CannotBe_SaysWhyAndChangesNothing(string service, string body, HttpStatusCode expected, string reason)
    {
        var before = await _console.Client.GetStringAsync(new Uri("/api/rules", UriKind.Relative));

        var answer = await ShiftAsync(service, body);

        Assert.StartsWith($"{(int)expected} ", answer, StringComparison.Ordinal);
        Assert.Contains(reason, answer, StringComparison.Ordinal);
        Assert.Equal(before, await _console.Client.GetStringAsync(new Uri("/api/rules", UriKind.Relative)));
    }

    [Theory]
    [InlineData("[]", "No VirtualService for reviews is in force")]
    [InlineData("[{match: [{uri: {prefix: /}}], route: [{destination: {host: reviews, subset: v1}}]}]", "has no route without a match")]
    [InlineData("[{route: [{destination: {host: reviews}}]}]", "only traffic between releases of reviews can be moved")]
    public async Task Post_RulesLeaveNoWay_SaysWhatStandsInIt(string http, string reason)
    {
        var name = http == "[]" ? "other" : "reviews";
        await _console.SendAsync(HttpMethod.Put, "/api/rules", $$"""
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata:
              name: {{name}}
            spec:
              hosts: [{{name}}]
              http: {{(http == "[]" ? "[{route: [{destination: {host: reviews}}]}]" : http)}}
            """);

        var answer = await ShiftAsync("reviews", """{"release":"v2","percent":10}""");

        Assert.StartsWith("409 ", answer, StringComparison.Ordinal);
        Assert.Contains(reason, answer, StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync() => _console.DisposeAsync();

    private async Task<string> ShiftAsync(string service, string body)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var answer = await _console.Client.PostAsync(new Uri($"/api/services/{service}/shift", UriKind.Relative), content);
        return $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}";
    }
}
