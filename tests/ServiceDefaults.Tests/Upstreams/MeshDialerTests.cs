using Bookinfo.ServiceDefaults;
using Bookinfo.ServiceDefaults.Upstreams;
using Bookinfo.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace Bookinfo.Tests.ServiceDefaults.Upstreams;

public sealed class MeshDialerTests
{
    [Theory]
    [InlineData("127.0.0.1:{0}")]
    [InlineData("http://127.0.0.1:{0}")]
    [InlineData("http://localhost:{0}/")]
    public async Task Get_MeshOutboundSet_DialsItAndKeepsUrlAndHost(string setting)
    {
        await using var mesh = await StandIn.StartAsync(Answers.Json("{}"));
        using var upstream = TestUpstream.Create(
            new Uri("http://ratings:9080"), settings: ("MESH_OUTBOUND", string.Format(System.Globalization.CultureInfo.InvariantCulture, setting, mesh.Port)));

        using var answer = await upstream.GetAsync("/ratings/0", new HeaderDictionary(), CancellationToken.None);

        var seen = Assert.Single(mesh.Requests);
        Assert.Equal("/ratings/0", seen.Target);
        Assert.Equal("ratings:9080", seen.Headers.Host);
    }

    [Fact]
    public async Task Get_MeshNotThere_IsAFailureOfTheUpstream()
    {
        using var upstream = TestUpstream.Create(new Uri("http://ratings:9080"), settings: ("MESH_OUTBOUND", $"127.0.0.1:{FreePort.Next()}"));

        await Assert.ThrowsAsync<UpstreamException>(() => upstream.GetAsync("/", new HeaderDictionary(), CancellationToken.None));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("127.0.0.1:99999")]
    [InlineData("https://127.0.0.1:1")]
    [InlineData("http://127.0.0.1:1/path")]
    public void Create_SettingThatIsNoAddress_IsRefused(string setting)
    {
        var problem = Assert.Throws<SettingException>(() => TestUpstream.Create(new Uri("http://ratings:9080"), settings: ("MESH_OUTBOUND", setting)));

        Assert.Equal($"MESH_OUTBOUND is '{setting}'; it should be host:port or http://host:port.", problem.Message);
    }
}
