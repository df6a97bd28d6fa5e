using System.Globalization;
using Bookinfo.ServiceDefaults;
using Bookinfo.ServiceDefaults.Http;
using Bookinfo.Tests.Support;
using Microsoft.Extensions.Configuration;

namespace Bookinfo.Tests.ServiceDefaults.Http;

public sealed class MeshDialerTests
{
    private static readonly Uri Ratings = new("http://ratings:9080");

    [Theory]
    [InlineData("127.0.0.1:{0}")]
    [InlineData("http://127.0.0.1:{0}")]
    [InlineData("http://localhost:{0}/")]
    public async Task Get_MeshOutboundSet_DialsItAndKeepsUrlAndHost(string setting)
    {
        await using var mesh = await StandIn.StartAsync(Answers.Json("{}"));
        await using var service =
            await Caller.StartAsync(Ratings, settings: ("MESH_OUTBOUND", string.Format(CultureInfo.InvariantCulture, setting, mesh.Port)));

        Assert.Equal((200, "{}"), await service.GetAsync("/ratings/0"));

        var seen = Assert.Single(mesh.Requests);
        Assert.Equal("/ratings/0", seen.Target);
        Assert.Equal("ratings:9080", seen.Headers.Host);
    }

    [Fact]
    public async Task Get_MeshNotThere_IsAFailureOfTheUpstream()
    {
        await using var service = await Caller.StartAsync(Ratings, settings: ("MESH_OUTBOUND", $"127.0.0.1:{FreePort.Next()}"));

        Assert.Equal(Caller.NoAnswer, (await service.GetAsync("/")).Status);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("127.0.0.1:99999")]
    [InlineData("https://127.0.0.1:1")]
    [InlineData("http://127.0.0.1:1/path")]
    public void Read_SettingThatIsNoAddress_IsRefused(string setting)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new("MESH_OUTBOUND", setting)]).Build();

        var problem = Assert.Throws<SettingException>(() => MeshDialer.Read(settings));

        Assert.Equal($"MESH_OUTBOUND is '{setting}'; it should be host:port or http://host:port.", problem.Message);
    }

    [Fact]
    public async Task Start_SettingThatIsNoAddress_IsRefused() =>
        await Assert.ThrowsAsync<SettingException>(() => Caller.StartAsync(Ratings, settings: ("MESH_OUTBOUND", "nonsense")));
}
