using System.Net;
using System.Net.Http.Json;
using System.Text;
using Bookinfo.Mesh.Lab.Hosting;

namespace Bookinfo.Tests.Lab.Pods;

public sealed class PodGroupTests
{
    private static readonly IPEndPoint AnyPort = new(IPAddress.Loopback, 0);

    [Fact]
    public async Task Kill_ThenStart_EndsThePodAndBringsItBackAtItsAddress()
    {
        await using var lab = await StartAsync();
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var pod = new Uri($"http://{lab.Pod("ratings-v1").Address}/ratings/0");
        using var console = Console(lab);

        using (var killed = await console.DeleteAsync("/api/pods/ratings-v1-1"))
        {
            Assert.Equal(HttpStatusCode.NoContent, killed.StatusCode);
        }

        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync(pod));
        using (var started = await console.PostAsync("/api/pods/ratings-v1-1/start", null))
        {
            Assert.Equal(HttpStatusCode.NoContent, started.StatusCode);
        }

        using var answer = await http.GetAsync(pod);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Resilience_InBoth_MultipliesTheRetriesAndResetTakesItBack()
    {
        await using var lab = await StartAsync();
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var console = Console(lab);
        var before = lab.RequestCounters["ratings-v1-1"].Requests;
        using (var set = await console.PutAsync("/api/services/ratings/resilience", Json("""
            {"mesh":{"retries":true,"circuitBreaker":false,"bulkhead":false},"application":true}
            """)))
        {
            Assert.Equal(HttpStatusCode.NoContent, set.StatusCode);
        }

        using (var broken = await console.PutAsJsonAsync("/api/pods/ratings-v1-1/fault", new { percent = 100, status = 503 }))
        {
            Assert.Equal(HttpStatusCode.NoContent, broken.StatusCode);
        }

        // Three tries of the application, each tried three times by the mesh.
        await http.GetStringAsync(new Uri($"http://{lab.Pod("reviews-v2").Address}/reviews/0"));
        Assert.Equal(9, lab.RequestCounters["ratings-v1-1"].Requests - before);

        using (var reset = await console.PostAsync("/api/reset", null))
        {
            Assert.Equal(HttpStatusCode.NoContent, reset.StatusCode);
        }

        await http.GetStringAsync(new Uri($"http://{lab.Pod("reviews-v2").Address}/reviews/0"));
        Assert.Equal(10, lab.RequestCounters["ratings-v1-1"].Requests - before);
    }

    private static Task<LabHost> StartAsync() => LabHost.StartAsync(
        new LabOptions { Gateway = AnyPort, Console = AnyPort, Log = TextWriter.Null }, TestContext.Current.CancellationToken);

    private static HttpClient Console(LabHost lab) => new() { BaseAddress = new Uri($"http://{lab.Mesh.Console}") };

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");
}
