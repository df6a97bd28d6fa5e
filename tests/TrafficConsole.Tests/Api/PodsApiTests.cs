using System.Net;
using System.Text;

namespace Bookinfo.Tests.TrafficConsole.Api;

/// <summary>A console whose pods run elsewhere. Those of the Lab are killed and started in Lab.Tests.</summary>
public sealed class PodsApiTests(RunningConsole console) : IClassFixture<RunningConsole>
{
    [Theory]
    [InlineData("DELETE", "/api/pods/reviews-v1-1", HttpStatusCode.Conflict, "in processes of their own")]
    [InlineData("POST", "/api/pods/reviews-v1-1/start", HttpStatusCode.Conflict, "in processes of their own")]
    [InlineData("DELETE", "/api/pods/reviews-v9-1", HttpStatusCode.NotFound, "no pod reviews-v9-1")]
    [InlineData("POST", "/api/pods/%0a/start", HttpStatusCode.NotFound, "GET /api/topology")]
    public async Task Change_PodsRunElsewhere_SaysWhatToDo(string method, string path, HttpStatusCode status, string detail)
    {
        using var answer = await console.SendAsync(new HttpMethod(method), path);
        Assert.Equal(status, answer.StatusCode);
        Assert.Contains(detail, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("reviews", """{"application":true}""", HttpStatusCode.NotFound, "No service calls reviews")]
    [InlineData("nothing", """{}""", HttpStatusCode.NotFound, "No service calls nothing")]
    [InlineData("reviews", """{"mesh":{"retries":true}}""", HttpStatusCode.BadRequest, "circuitBreaker")]
    [InlineData("reviews", """{"meshh":null}""", HttpStatusCode.BadRequest, "meshh")]
    public async Task SetResilience_BadInput_SaysWhatIsWrong(string service, string body, HttpStatusCode status, string detail)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await console.Client.PutAsync($"/api/services/{service}/resilience", content);
        Assert.Equal(status, answer.StatusCode);
        Assert.Contains(detail, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
