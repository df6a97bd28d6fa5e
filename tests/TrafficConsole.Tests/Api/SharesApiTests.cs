using System.Net;
using System.Text;

namespace Bookinfo.Tests.TrafficConsole.Api;

public sealed class SharesApiTests(RunningConsole console) : IClassFixture<RunningConsole>
{
    private const string HeaderRule = """
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
            - destination: {host: reviews}
        """;

    [Fact]
    public async Task Set_AllToAnotherRelease_MovesEveryRequest()
    {
        await PutRulesAsync(RunningConsole.AllToV1);
        using var answer = await SetAsync("""[{"release":"v1","percent":0},{"release":"v2","percent":100}]""");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("""[{"release":"v2","percent":100}]""", await answer.Content.ReadAsStringAsync());
        Assert.Equal("v2", await console.AskReviewsAsync());
    }

    [Fact]
    public async Task Set_RuleWithAMatch_KeepsTheMatch()
    {
        await PutRulesAsync(HeaderRule);
        using var answer = await SetAsync("""[{"release":"v1","percent":70},{"release":"v2","percent":30}]""");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var rules = await console.Client.GetStringAsync("/api/rules");
        Assert.Contains("exact: jason", rules, StringComparison.Ordinal);
        Assert.Contains("weight: 70", rules, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Set_NoRuleForTheService_MakesOne()
    {
        await PutRulesAsync(RunningConsole.AllToV1.Replace("hosts: [reviews]", "hosts: [elsewhere.example]", StringComparison.Ordinal)
            .Replace("name: reviews\n", "name: other\n", StringComparison.Ordinal));
        using var answer = await SetAsync("""[{"release":"v2","percent":100}]""");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("v2", await console.AskReviewsAsync());
    }

    [Theory]
    [InlineData("""[{"release":"v1","percent":60},{"release":"v2","percent":30}]""", HttpStatusCode.BadRequest, "whose sum is 100")]
    [InlineData("""[{"release":"v1","percent":-10},{"release":"v2","percent":110}]""", HttpStatusCode.BadRequest, "from 0 to 100")]
    [InlineData("""[{"release":"v1","percent":50},{"release":"v1","percent":50}]""", HttpStatusCode.BadRequest, "named twice")]
    [InlineData("""[{"release":"v9","percent":100}]""", HttpStatusCode.Conflict, "version: v9")]
    [InlineData("[]", HttpStatusCode.BadRequest, "whose sum is 100")]
    public async Task Set_WrongShares_SaysWhatIsRight(string body, HttpStatusCode status, string detail)
    {
        await PutRulesAsync(RunningConsole.AllToV1);
        using var answer = await SetAsync(body);
        Assert.Equal(status, answer.StatusCode);
        Assert.Contains(detail, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("v1", await console.AskReviewsAsync());
    }

    private Task<HttpResponseMessage> SetAsync(string json) =>
        console.Client.PutAsync("/api/services/reviews/shares", new StringContent(json, Encoding.UTF8, "application/json"));

    private async Task PutRulesAsync(string yaml)
    {
        using var response = await console.SendAsync(HttpMethod.Put, "/api/rules", yaml);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
    }
}
