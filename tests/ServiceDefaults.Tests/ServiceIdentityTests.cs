using Bookinfo.ServiceDefaults;
using Microsoft.Extensions.Configuration;

namespace Bookinfo.Tests.ServiceDefaults;

public sealed class ServiceIdentityTests
{
    [Fact]
    public void Read_NothingSet_IsV1OnThisMachine()
    {
        var identity = ServiceIdentity.Read("reviews", new ConfigurationBuilder().Build());

        Assert.Equal(new ServiceIdentity("reviews", "v1", Environment.MachineName), identity);
        Assert.Equal("reviews-v1", identity.Release);
    }

    [Fact]
    public void Read_VersionAndHost_AreTaken()
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new("SERVICE_VERSION", "v3"), new("HOSTNAME", "pod-7")]).Build();

        Assert.Equal(new ServiceIdentity("reviews", "v3", "pod-7"), ServiceIdentity.Read("reviews", settings));
    }
}
