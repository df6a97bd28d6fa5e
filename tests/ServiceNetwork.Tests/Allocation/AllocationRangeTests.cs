using Bookinfo.Mesh.ServiceNetwork.Allocation;

namespace Bookinfo.Tests.ServiceNetwork.Allocation;

/// <summary>
/// The bands of <c>pkg/registry/core/service/ipallocator/ipallocator_test.go: Test_calculateRangeOffset</c> and of
/// <c>portallocator/allocator_test.go</c> (kubernetes/kubernetes).
/// </summary>
public sealed class AllocationRangeTests
{
    [Theory]
    [InlineData(24, 16)]
    [InlineData(28, 0)]
    [InlineData(16, 256)]
    [InlineData(12, 256)]
    public void Draw_Addresses_LeavesTheLowerBandToThoseWhoAsk(int prefixLength, int band)
    {
        var range = AllocationRange.Addresses(prefixLength);

        var drawn = Enumerable.Range(0, 2000).Select(seed => range.Draw(_ => true, new Random(seed))!.Value).ToList();

        Assert.All(drawn, number => Assert.InRange(number, band + 1, (1 << (32 - prefixLength)) - 2));
    }

    [Fact]
    public void Draw_NodePorts_AreAboveTheLowerBandWhileAnyIsFree()
    {
        var range = AllocationRange.NodePorts;

        Assert.InRange(range.Draw(_ => true, new Random(1))!.Value, 30086, 32767);
        Assert.Equal(32767, range.Draw(port => port == 32767, new Random(1)));
        Assert.Equal(30085, range.Draw(port => port == 30085, new Random(1)));
        Assert.Null(range.Draw(_ => false, new Random(1)));
    }

    [Theory]
    [InlineData(29999, false)]
    [InlineData(30000, true)]
    [InlineData(32767, true)]
    [InlineData(32768, false)]
    public void Contains_NodePort_30000To32767(int port, bool expected) =>
        Assert.Equal(expected, AllocationRange.NodePorts.Contains(port));
}
