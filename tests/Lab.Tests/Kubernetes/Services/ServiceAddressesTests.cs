using System.Net;
using Bookinfo.Mesh.Lab.Kubernetes.Services;

namespace Bookinfo.Tests.Lab.Kubernetes.Services;

public sealed class ServiceAddressesTests
{
    private readonly ServiceAddresses _addresses = new(IPNetwork.Parse("127.109.0.0/16"), new Random(1));

    [Fact]
    public void Draw_IsInTheNetworkAboveItsLowerBand()
    {
        for (var i = 0; i < 100; i++)
        {
            var bytes = _addresses.Draw(_ => false)!.GetAddressBytes();

            Assert.Equal([127, 109], bytes[..2]);
            Assert.True((bytes[2] << 8) + bytes[3] > 256);
        }
    }

    [Fact]
    public void Draw_AllTaken_Null() => Assert.Null(_addresses.Draw(_ => true));

    [Theory]
    [InlineData("127.109.0.1", true)]
    [InlineData("127.109.255.254", true)]
    [InlineData("127.109.0.0", false)]
    [InlineData("127.109.255.255", false)]
    [InlineData("127.110.0.1", false)]
    [InlineData("::1", false)]
    public void Contains_AddressesOfHosts(string address, bool expected) =>
        Assert.Equal(expected, _addresses.Contains(IPAddress.Parse(address)));

    [Fact]
    public void Draw_WhereThereIsOnlyOneAddress_IsThatOne()
    {
        var single = new ServiceAddresses(null, new Random(1));

        Assert.True(single.IsSingle);
        Assert.Equal(IPAddress.Loopback, single.Draw(_ => true));
        Assert.False(single.Contains(IPAddress.Parse("127.0.0.2")));
    }
}
