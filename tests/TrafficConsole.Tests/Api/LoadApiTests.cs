using System.Net;
using System.Text;

namespace Bookinfo.Tests.TrafficConsole.Api;

public sealed class LoadApiTests(RunningConsole console) : IClassFixture<RunningConsole>
{
    [Theory]
    [InlineData("""{"rate":51}""", "give 0, or a number from 0.1 to 50")]
    [InlineData("""{"rate":-1}""", "give 0, or a number from 0.1 to 50")]
    [InlineData("""{"rate":1e-12}""", "give 0, or a number from 0.1 to 50")]
    [InlineData("""{"rate":1,"readers":"mallory"}""", "guest, jason or both")]
    [InlineData("""{"rate":1,"pages":0}""", "from 1 to 10000")]
    [InlineData("""{"rate":1,"pages":10001}""", "from 1 to 10000")]
    public async Task Put_WrongLoad_SaysWhatIsRight(string body, string detail)
    {
        using var answer = await PutAsync(body);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(detail, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Put_MeshWithoutAGateway_IsAConflict()
    {
        using var answer = await PutAsync("""{"rate":5}""");
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains("no gateway", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_BeforeAnyLoad_IsOff() =>
        Assert.Equal(
            """{"rate":0,"readers":"guest","sent":0,"ended":0,"failed":0,"endsAt":null}""",
            await console.Client.GetStringAsync("/api/load"));

    private Task<HttpResponseMessage> PutAsync(string json) =>
        console.Client.PutAsync("/api/load", new StringContent(json, Encoding.UTF8, "application/json"));
}
