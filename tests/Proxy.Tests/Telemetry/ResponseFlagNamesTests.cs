using Bookinfo.Mesh.Proxy.Telemetry;

namespace Bookinfo.Tests.Proxy.Telemetry;

public sealed class ResponseFlagNamesTests
{
    [Fact]
    public void Text_Several_InEnvoysOrder()
    {
        Assert.Equal("-", ResponseFlags.None.Text());
        Assert.Equal("UF,URX", (ResponseFlags.UpstreamRetryLimitExceeded | ResponseFlags.UpstreamConnectionFailure).Text());
        Assert.Equal("DI,FI", (ResponseFlags.DelayInjected | ResponseFlags.FaultInjected).Text());
    }

    [Theory]
    [InlineData("UH,UT,UR,UF,UC,UO,NR,DI,FI,DC,URX,DPE,UPE,NC,LR,OM")]
    public void Text_EachFlag_HasAName(string all) =>
        Assert.Equal(all, string.Join(',',
            Enum.GetValues<ResponseFlags>().Where(flag => flag != ResponseFlags.None).Select(flag => flag.Text())));
}
